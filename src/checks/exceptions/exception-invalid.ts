import { defineCheck } from '../define-check.js'

/** An annotation that means to accept a check and cannot be taken: it accepts nothing. */
export const exceptionInvalid = defineCheck({
  id: 'exception-invalid',
  title: 'An annotation means to accept a check and cannot be taken',
  severity: 'medium',
  because: 'it accepts nothing, and whoever wrote it believes that it does',
  reach: 'user',
  appliesTo: 'exception',
  why: 'An exception that names no check, no last day or no reason is not taken, so that nothing is silenced by mistake or for ever. Whoever relies on it should know.',
  references: ['docs/configuration.md, annotations'],
  evaluate({ check, covers, origin, faults }, report) {
    if (faults.length === 0) return
    const message = `the exception of \`${check}\` accepts nothing: ${faults.join('; ')}`
    report.fail(
      { origin, message, key: `exception ${check} ${covers}` },
      {
        message,
        fix: {
          text: 'Write it as `rampart.dev/accept.CHECK-ID: until=2027-01-31; the reason`, or remove it.',
          edits: [],
          commands: [],
          risk: 'none',
          needs: [],
          verify: `rampart checks show ${/^[a-z0-9-]+$/.test(check) ? check : 'CHECK-ID'}`,
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
    rampart.dev/accept.pod-seccomp: for ever
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
