import FuzzTargets
import Glibc

/// What this run is about: named by the environment, since the arguments are libFuzzer's, which starts itself again for some of them.
private let target = getenv("FUZZ_TARGET").flatMap { FuzzTarget(rawValue: String(cString: $0)) }

/// What libFuzzer, which brings the main function, calls with each input (https://llvm.org/docs/LibFuzzer.html#fuzz-target).
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let target else {
    print("FUZZ_TARGET must be one of: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))")
    exit(64)
  }
  target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}
