import Quality
import Testing

@Test(
  "Severity follows the pass rate and structural failures",
  arguments: [
    (0.0, false, Severity.critical), (0.7999, false, .critical), (0.8, false, .warning), (0.8, true, .critical),
    (0.9499, false, .warning),
    (0.9499, true, .critical), (0.95, false, .success), (0.95, true, .warning), (1.0, false, .success),
    (1.0, true, .warning),
  ])
func severity(_ passRate: Double, _ structural: Bool, _ expected: Severity) {
  #expect(Severity(passRate: passRate, structuralFailure: structural) == expected)
}

@Test("Severities are ordered by badness and spelt as in the tables")
func order() {
  #expect(Severity.allCases.sorted() == [.success, .warning, .critical])
  #expect(Severity.allCases.map(\.rawValue) == ["SUCCESS", "WARNING", "CRITICAL"])
}

@Test("Duplicates count in neither side of the pass rate; without rows it is 1")
func passRate() {
  #expect(QualityCounts(total: 10, passed: 3, failed: 1, duplicates: 6).passRate == 0.75)
  #expect(QualityCounts(total: 6, duplicates: 6).passRate == 1)
  let sum = QualityCounts(total: 3, passed: 1, failed: 1, duplicates: 1) + QualityCounts(total: 2, passed: 2)
  #expect(sum == QualityCounts(total: 5, passed: 3, failed: 1, duplicates: 1))
}
