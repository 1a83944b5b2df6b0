import Columns

/// Second moments of two columns over the rows in which both have a number.
///
/// As `NumberSummary`: around the part's own means, put together by the formulas of Deequ's `CorrelationState`. Means are kept
/// as their distance from the first pair, so that those of times keep their digits.
struct Comoments: MetricState {
  let first: String
  let second: String
  private var count = 0.0
  private var origin = (x: 0.0, y: 0.0)
  private var means = (x: 0.0, y: 0.0)
  private var squares = (x: 0.0, y: 0.0)
  private var products = 0.0

  init(first: String, second: String) {
    self.first = first
    self.second = second
  }

  mutating func add(_ rows: ColumnBatch) throws {
    let (xs, ys) = (try rows.column(first).numbers(), try rows.column(second).numbers())
    let pairs = (0..<rows.rowCount).filter { row in
      xs.isValid(row) && ys.isValid(row) && !xs.values[row].isNaN && !ys.values[row].isNaN
    }
    guard let start = pairs.first else { return }
    var part = Comoments(first: first, second: second)
    part.count = Double(pairs.count)
    part.origin = (xs.values[start], ys.values[start])
    var (sumX, sumY) = (CompensatedSum(), CompensatedSum())
    for row in pairs {
      sumX.add(xs.values[row] - part.origin.x)
      sumY.add(ys.values[row] - part.origin.y)
    }
    part.means = (sumX.value / part.count, sumY.value / part.count)
    for row in pairs {
      let (x, y) = (
        xs.values[row] - part.origin.x - part.means.x, ys.values[row] - part.origin.y - part.means.y
      )
      part.squares.x += x * x
      part.squares.y += y * y
      part.products += x * y
    }
    merge(part)
  }

  mutating func merge(_ other: Self) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    let total = count + other.count
    let (x, y) = (
      other.origin.x - origin.x + other.means.x - means.x, other.origin.y - origin.y + other.means.y - means.y
    )
    let weight = count / total * other.count
    squares = (squares.x + other.squares.x + x * x * weight, squares.y + other.squares.y + y * y * weight)
    products += other.products + x * y * weight
    means = (means.x + x * (other.count / total), means.y + y * (other.count / total))
    count = total
  }

  func value(of metric: BatchMetric) -> Double? {
    let scale = squares.x.squareRoot() * squares.y.squareRoot()
    // Rounding may carry a perfect correlation beyond its bounds.
    return scale > 0 ? max(-1, min(1, products / scale)) : nil
  }
}
