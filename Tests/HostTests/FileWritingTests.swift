import Failures
import Fixtures
import Glibc
import Host
import Testing

@Suite struct FileWritingTests {
  private let directory = TemporaryDirectory()

  @Test func aFolderAndThoseAboveItAreMade() throws {
    let path = directory.file("a/b/c")
    for _ in 0..<2 { try FileWriting.makeFolder(path) }
    #expect(FileWriting.folderExists(path))
  }

  @Test func aFileInTheWayIsNamed() throws {
    let file = directory.file("file")
    close(open(file, O_CREAT | O_WRONLY, 0o644))
    #expect(!FileWriting.folderExists(file))
    for path in [file, file + "/below"] {
      #expect { try FileWriting.makeFolder(path) } throws: {
        ($0 as? Failure)?.description == "\(file) cannot be made: Not a directory"
      }
    }
  }

  @Test func aFolderThatCannotBeMadeIsTheConfigurations() {
    #expect { try FileWriting.makeFolder("/proc/nothing/here") } throws: {
      ($0 as? Failure)?.kind == .configuration
    }
  }

  @Test func aFileIsReplacedAsAWhole() throws {
    let path = directory.file("metrics.prom")
    for text in ["one\n", "two\n"] {
      try FileWriting.replace(path, with: text)
      #expect(String(decoding: readFile(path), as: UTF8.self) == text)
    }
    #expect(directory.names() == ["metrics.prom"])
  }

  @Test func aFileThatCannotBeReplacedStays() throws {
    let folder = directory.file("folder")
    try FileWriting.makeFolder(folder + "/inside")
    #expect { try FileWriting.replace(folder, with: "text") } throws: {
      ($0 as? Failure)?.description == "\(folder) cannot be written: Is a directory"
    }
    #expect(directory.names() == ["folder"])
    #expect { try FileWriting.replace(directory.file("no/where"), with: "text") } throws: {
      ($0 as? Failure)?.kind == .unavailable
    }
  }
}
