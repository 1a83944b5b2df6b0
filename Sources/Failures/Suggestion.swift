/// The candidate that somebody who typed `word` most likely meant, nil when none is near.
///
/// Near is an edit distance (insertions, deletions, substitutions and swaps of neighbours) of at most a third of the word's
/// length (1 for short words, none for single letters). Ties go to the first candidate.
public func suggestion(for word: String, among candidates: some Sequence<String>) -> String? {
  let typed = Array(word.lowercased().unicodeScalars.prefix(64))
  let limit = max(1, typed.count / 3)
  var best: (distance: Int, candidate: String)?
  for candidate in candidates where candidate != word {
    let other = Array(candidate.lowercased().unicodeScalars.prefix(64))
    let distance = editDistance(typed, other)
    if distance <= limit, distance < typed.count, distance < best?.distance ?? .max { best = (distance, candidate) }
  }
  return best?.candidate
}

/// ` (did you mean "x"?)`, or nothing when no candidate is near.
public func hint(for word: String, among candidates: some Sequence<String>) -> String {
  guard let candidate = suggestion(for: word, among: candidates) else { return "" }
  return " (did you mean \"\(candidate)\"?)"
}

/// Optimal string alignment distance, in rows of the usual table.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforeLast = [Int](repeating: 0, count: right.count + 1)
  var last = Array(0...right.count)
  for (i, a) in left.enumerated() {
    var row = [i + 1]
    row.reserveCapacity(right.count + 1)
    for (j, b) in right.enumerated() {
      var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a == b ? 0 : 1))
      if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { cost = min(cost, beforeLast[j - 1] + 1) }
      row.append(cost)
    }
    (beforeLast, last) = (last, row)
  }
  return last[right.count]
}
