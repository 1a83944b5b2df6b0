import Host
import Testing

@Suite struct DiskSpaceTests {
  @Test func theDiskOfAFolderIsKnown() throws {
    let disk = try #require(DiskSpace(at: "/tmp"))
    #expect(disk.total > 1 << 20 && disk.free <= disk.total)
  }

  @Test func whatIsNotThereHasNoDisk() {
    #expect(DiskSpace(at: "/nonexistent/folder") == nil)
  }
}
