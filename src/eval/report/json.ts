import { MEASURES } from '../measures.ts';
import { SUPPORT_TEST } from '../support.ts';
import { gateSentence, type Report, verdict } from './report.ts';

/** The report for programs. Cases of blind suites are left out. */
export function jsonReport(report: Report): Record<string, unknown> {
  return {
    kind: 'pilcrow-eval-report',
    version: 1,
    title: report.title,
    made: report.made,
    command: report.command,
    supportTest: SUPPORT_TEST,
    gate: report.checks && {
      passed: report.checks.every((check) => check.passed),
      sentence: gateSentence(report.checks),
      checks: report.checks,
    },
    suites: report.suites.map((suite) => {
      const { perCase: _perCase, scores, ...result } = suite.result;
      const changes = suite.comparison && {
        since: suite.comparison.made,
        added: suite.comparison.added,
        removed: suite.comparison.removed,
        measures: suite.comparison.changes,
      };
      return {
        ...result,
        verdict: verdict(suite),
        changes,
        judge: suite.judged && (result.blind ? { ...suite.judged, opinions: undefined } : suite.judged),
        questionsAsked: result.blind
          ? undefined
          : suite.observations.map(({ question, answer, error, confidence, validity, passages, milliseconds }, index) => ({
              question,
              ...scores[index],
              answer,
              error,
              confidence,
              validity,
              passages: passages?.map(({ paragraph, score }) => ({ paragraph, score })) ?? null,
              milliseconds,
            })),
      };
    }),
    ablations: report.ablations.map(({ variant, results }) => ({
      variant,
      suites: results.map(({ suite, values, auroc, digest }) => ({ suite, values, auroc, digest })),
    })),
    measures: MEASURES,
  };
}
