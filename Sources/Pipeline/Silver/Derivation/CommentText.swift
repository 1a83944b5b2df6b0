/// What an edit summary says beyond the section's name.
package enum CommentText {
  /// Whether `comment` says anything after trimming ASCII blanks and removing a leading `/* … */`.
  package static func hasWords(_ comment: UnsafeRawBufferPointer) -> Bool {
    var start = skipBlanks(comment, from: 0)
    if start + 3 < comment.count, comment[start] == 0x2f, comment[start + 1] == 0x2a {
      var end = start + 2
      while end + 1 < comment.count {
        if comment[end] == 0x2a, comment[end + 1] == 0x2f {
          start = skipBlanks(comment, from: end + 2)
          break
        }
        end += 1
      }
    }
    return start < comment.count
  }

  private static func skipBlanks(_ text: UnsafeRawBufferPointer, from start: Int) -> Int {
    var position = start
    while position < text.count, isBlank(text[position]) { position += 1 }
    return position
  }
}
