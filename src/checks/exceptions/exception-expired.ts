import { defineCheck } from '../define-check.js'

/** The last day of an exception is over: it accepts nothing any more, and somebody must decide again. */
export const exceptionExpired = defineCheck({
  id: 'exception-expired',
  title: 'An exception is past its last day',
  severity: 'medium',
  because: 'what it accepted is reported again; only the decision is late',
  reach: 'user',
  appliesTo: 'exception',
  why: 'An exception is a decision for a time. When the time is over, either the fault is mended or somebody decides again; an exception that nobody looks at is a barrier that nobody knows to be missing.',
  references: [
    'https://csrc.nist.gov/projects/risk-management/sp800-53-controls (CA-5, plan of action and milestones)',
  ],
  evaluate({ check, covers, until, origin, faults, now }, report) {
    if (until === undefined || faults.length > 0) return
    if (new Date(now * 1000).toISOString().slice(0, 10) <= until) return
    const message = `the exception of \`${check}\` (${covers}) ended on ${until}`
    report.fail(
      { origin, message, key: `exception ${check} ${covers}` },
      {
        message,
        fix: {
          text: 'Mend what it accepted and remove the exception, or have its owner set a new last day with the reason that holds now.',
          edits: [],
          commands: [],
          risk: 'none',
          needs: [],
        },
      },
    )
  },
  examples: {
    bad: {
      manifests: `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    rampart.dev/accept.pod-seccomp: until=2020-06-30; the node has no profile yet
`,
    },
    good: {
      manifests: `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    rampart.dev/accept.pod-seccomp: until=2099-06-30; the node has no profile yet
`,
    },
  },
})
