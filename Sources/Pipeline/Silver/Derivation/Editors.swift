import Columns

/// The columns that come from an event's user; null where the event names none.
struct Editors {
  var kind: BinaryColumn
  var isAnonymous = PrimitiveColumn<Bool>()
  var isBotConsistent = PrimitiveColumn<Bool>()

  /// `isBot` is the event's bot flag; a missing one counts as false for the kind.
  init(user: BinaryColumn, isBot: PrimitiveColumn<Bool>) {
    let count = user.count
    let none = UInt8(UserKind.names.count)
    var codes = [UInt8](repeating: none, count: count)
    var anonymous = PrimitiveColumn<Bool>()
    var consistent = PrimitiveColumn<Bool>()
    anonymous.reserve(count)
    consistent.reserve(count)
    user.forEachRow { row, name in
      guard let name else {
        anonymous.append(nil)
        consistent.append(nil)
        return
      }
      let kind = UserKind(name: name, isBot: isBot[row] ?? false)
      codes[row] = kind.rawValue
      anonymous.append(kind.isAnonymous)
      consistent.append(isBot[row].map { $0 == BotName.matches(name) })
    }
    kind = BinaryColumn(codes: codes, words: UserKind.names)
    isAnonymous = anonymous
    isBotConsistent = consistent
  }
}
