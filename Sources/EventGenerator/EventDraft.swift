/// An event before it is written.
struct EventDraft: Sendable {
  /// MediaWiki's `rc_type`.
  enum Kind: Sendable { case edit, new, categorize, log, external, flow }

  var kind: Kind
  var wiki: Int
  var namespace: Int
  var title: [UInt8]
  var comment: [UInt8]
  var user: [UInt8]
  var isBot: Bool
  var isMinor = false
  /// nil where the wiki does not patrol.
  var isPatrolled: Bool?
  var oldLength: Int
  var newLength: Int
  /// The log's type and action.
  var log: LogKind?
  /// What is wrong with it.
  var oddity: Oddity?

  /// The wiki.
  var site: Wiki { Wiki.all[wiki] }
}

/// A kind of log entries.
struct LogKind: Sendable {
  let type: StaticString
  let action: StaticString
  /// The parameters as JSON.
  let parameters: StaticString
  /// Whether the entry has an `id`; fewer than half have.
  let hasID: Bool
  /// Whether its `log_id` is 0, as that of abuse filters is.
  let isFilter: Bool

  private init(
    _ type: StaticString, _ action: StaticString, _ parameters: StaticString, hasID: Bool, isFilter: Bool = false
  ) {
    self.type = type
    self.action = action
    self.parameters = parameters
    self.hasID = hasID
    self.isFilter = isFilter
  }

  static let all: [LogKind] = [
    LogKind(
      "upload", "upload", #"{"img_sha1":"qeeqk8ry88mzj4nmcrclnr9bvpgh9g2","img_timestamp":"20260128022536"}"#,
      hasID: true),
    LogKind(
      "upload", "overwrite", #"{"img_sha1":"b02q2hjw0erzvlbfymt9a2ata1qvgh8","img_timestamp":"20260128084022"}"#,
      hasID: true),
    LogKind("newusers", "create", #"{"userid":48213377}"#, hasID: true), LogKind("delete", "delete", "[]", hasID: true),
    LogKind("block", "block", #"{"duration":"3 days","flags":"nocreate","sitewide":true}"#, hasID: true),
    LogKind("move", "move", #"{"target":"Somewhere else","noredir":"1"}"#, hasID: true),
    LogKind("patrol", "patrol", #"{"curid":1155468783,"previd":957597918,"auto":0}"#, hasID: false),
    LogKind("patrol", "autopatrol", #"{"curid":1155468783,"previd":0,"auto":1}"#, hasID: false),
    LogKind("thanks", "thank", "[]", hasID: false),
    LogKind("review", "approve", "[104321,0,\"20260128214214\"]", hasID: false),
    LogKind(
      "abusefilter", "hit", #"{"action":"edit","filter":"113","actions":"tag","log":7841868}"#, hasID: false,
      isFilter: true),
    LogKind(
      "abusefilter", "hit", #"{"action":"edit","filter":"global-110","actions":"","log":23329}"#, hasID: false,
      isFilter: true),
  ]
}

/// What can be odd about an event; some of it is legal, some is not.
enum Oddity: Int, Sendable, CaseIterable {
  case truncated, illFormedText, notJSON, emptyObject
  case noMeta, noID, noWiki, noUser, nullTitle, nullID, nulInTitle, loneSurrogate
  case namespaceAsText, botAsNumber, typeAsNumber, lengthAsList, timestampAsFraction
  case otherSchema, unreadableTime, stale, canary
}
