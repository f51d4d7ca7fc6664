// Cases: what is asked and what is right.

// Judge: scores, sums, comparison, gate.
export { type Baseline, baselineToJson, makeBaseline, readBaseline } from './baseline.ts';
export type { EvalCase, Evidence, Fact, Forbidden } from './case.ts';
export { compare, compareBaselines } from './compare.ts';
export {
  type CaseProblem,
  casesToJsonLines,
  casesToYaml,
  type Dataset,
  loadCases,
  parseCases,
  problemsError,
  showProblem,
} from './dataset.ts';
// Report.
export { percent, points } from './format.ts';
// Other tools' formats.
export { importBeir } from './formats/beir.ts';
export { documentToMarkdown, type Imported } from './formats/documents.ts';
export { junit } from './formats/junit.ts';
export { importParagraphs } from './formats/paragraphs.ts';
export { exportPromptfoo, importPromptfoo } from './formats/promptfoo.ts';
export { exportRagas } from './formats/ragas.ts';
export { type Floor, type Gate, parseGate, runGate } from './gate.ts';
export { type Chat, judge } from './judge.ts';
export { lint } from './lint.ts';
export { breaks, nameFact, proves, sameEdition, sentencesText, states } from './match.ts';
export { isMeasure, MEASURES, type MeasureName, measuresOf } from './measures.ts';
export { missedEvidence, nameNeed } from './missed.ts';
// Ask: a target, and what it said.
export type { Capabilities, Observation, Target } from './observation.ts';
export { htmlReport } from './report/html.ts';
export { jsonReport } from './report/json.ts';
export { markdownReport } from './report/markdown.ts';
export { gateSentence, type Report, type SuiteReport, verdict } from './report/report.ts';
export { readObservations } from './results-file.ts';
export { observe } from './run.ts';
export { isSilent, type Shortfall, scoreCase } from './score.ts';
export { type SuiteResult, summarise } from './summary.ts';
export { sourceText, support } from './support.ts';
export { askTarget } from './targets/ask-http.ts';
export type { TargetConnection } from './targets/http.ts';
export { type InProcess, inProcess, traceConfidence } from './targets/in-process.ts';
export { chatTarget, complete, completionsUrl } from './targets/openai.ts';
export { validityProblems } from './validity.ts';
