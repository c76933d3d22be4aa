// Owns the way of a built segment to service. Invariant 6: no unproven promotion: only a `PromotableCandidate` can be
// promoted, only `prove` makes one, and none of these types can be copied.

import IndexModel
import VectorIndex

/// A segment that was written, mapped and verified, and has proved nothing yet.
struct Candidate: ~Copyable {
  let number: UInt64
  let reason: String
  let file: SegmentFile
  let segment: Segment
  let startedNanoseconds: UInt64

  /// Measures the candidate against exact answers and lets it pass or not.
  consuming func prove(
    _ plan: ProbePlan, ef: Int, efMax: Int, expected: CandidateExpectation, control: BuildControl
  ) throws -> ProvenCandidate {
    let verdict = try Probe(plan: plan).judge(
      segment, ef: ef, efMax: efMax, expected: expected, control: control)
    switch verdict {
    case .passed(let report): return .promotable(PromotableCandidate(candidate: self, report: report))
    case .failed(let report, let why): return .rejected(RejectedCandidate(candidate: self, report: report, why: why))
    }
  }
}

/// What the scan that fed the build saw.
struct CandidateExpectation: Sendable {
  var rowCount: Int
  var fingerprint: String
  var watermark: SequenceNumber
}

/// What a probe makes of a candidate.
enum ProvenCandidate: ~Copyable {
  case promotable(PromotableCandidate)
  case rejected(RejectedCandidate)
}

/// A candidate that passed its probe.
struct PromotableCandidate: ~Copyable {
  let candidate: Candidate
  let report: ProbeReport

  fileprivate init(candidate: consuming Candidate, report: ProbeReport) {
    self.candidate = candidate
    self.report = report
  }
}

/// A candidate that did not pass its probe.
struct RejectedCandidate: ~Copyable {
  let candidate: Candidate
  let report: ProbeReport
  let why: String

  fileprivate init(candidate: consuming Candidate, report: ProbeReport, why: String) {
    self.candidate = candidate
    self.report = report
    self.why = why
  }
}

extension Candidate {
  /// The record of this candidate as the probe left it.
  borrowing func record(
    _ report: ProbeReport, state: GenerationRecord.State, rejection: String? = nil, clock: any ClockPort
  ) -> GenerationRecord {
    GenerationRecord(
      number: number, watermark: segment.watermark.rawValue, file: file, rowCount: segment.index.rowCount,
      parameters: segment.parameters, fingerprint: segment.fingerprint, probe: report, state: state, reason: reason,
      rejection: rejection, timeMilliseconds: clock.now.millisecondsSince1970,
      buildSeconds: Double(clock.monotonicNanoseconds - startedNanoseconds) / 1e9)
  }
}
