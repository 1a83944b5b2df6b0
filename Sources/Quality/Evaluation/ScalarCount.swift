/// The number of Unicode scalars in well-formed UTF-8: the bytes that continue none.
func scalarCount(_ bytes: UnsafeRawBufferPointer) -> Int {
  var count = 0
  for byte in bytes where byte & 0xc0 != 0x80 { count += 1 }
  return count
}
