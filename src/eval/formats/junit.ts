import type { GateCheck } from '../gate.ts';
import type { SuiteReport } from '../report/report.ts';

/** Characters XML 1.0 cannot hold at all. */
const NOT_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function attribute(text: string): string {
  return text.replace(NOT_XML, '\ufffd').replace(/[&<>"\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** JUnit XML: a test suite for each suite with a test a question, and one for the gate. A blind suite has its gate only. */
export function junit(suites: readonly SuiteReport[], checks: readonly GateCheck[] | null): string {
  const parts = suites.flatMap(({ result, observations }) => {
    if (result.blind) return [];
    const tests = observations.map((observation, index) => {
      const score = result.scores[index];
      const name = attribute(`${observation.id}: ${observation.question}`);
      const head = `<testcase classname="${attribute(result.suite)}" name="${name}" time="${(observation.milliseconds / 1000).toFixed(3)}"`;
      if (score?.right) return `    ${head}/>`;
      const tag = observation.answer === null ? 'error' : 'failure';
      const message = attribute(score?.reasons.map((reason) => reason.text).join('; ') ?? '');
      return `    ${head}><${tag} message="${message}">${attribute(observation.answer?.answer ?? observation.error ?? '')}</${tag}></testcase>`;
    });
    const errors = observations.filter((one) => one.answer === null).length;
    const failures = result.scores.filter((one) => !one.right).length - errors;
    return [
      `  <testsuite name="${attribute(result.suite)}" tests="${tests.length}" failures="${failures}" errors="${errors}">\n${tests.join('\n')}\n  </testsuite>`,
    ];
  });
  if (checks) {
    const tests = checks.map((check) => {
      const head = `    <testcase classname="gate" name="${attribute(`${check.suite}: ${check.text}`)}"`;
      return check.passed ? `${head}/>` : `${head}><failure message="is ${check.value ?? 'not measured'}"/></testcase>`;
    });
    parts.push(
      `  <testsuite name="gate" tests="${checks.length}" failures="${checks.filter((check) => !check.passed).length}" errors="0">\n${tests.join('\n')}\n  </testsuite>`,
    );
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${parts.join('\n')}\n</testsuites>\n`;
}
