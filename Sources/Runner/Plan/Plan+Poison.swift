import JSON

extension Plan {
  /// Whether the batch is one record that broke the job again and again and goes to quarantine unseen.
  public var isPoison: Bool {
    (try? JSONValue.object(parsing: input, as: "input").optionalBool("poison")) == true
  }
}
