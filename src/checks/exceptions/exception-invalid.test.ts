import { checkTests } from '../../../test/kit/check-tests.js'
import { exceptionInvalid } from './exception-invalid.js'

const pod = (check: string, annotation: string): { manifests: string } => ({
  manifests: `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    rampart.dev/accept.${check}: ${annotation}
`,
})

checkTests(exceptionInvalid, [
  {
    name: 'no last day',
    kind: 'failing',
    given: pod('pod-seccomp', 'no profile yet'),
    expect: [{ result: 'fail', severity: 'medium', line: 6, message: /says no last day/, fix: 'advice' }],
  },
  {
    name: 'no reason',
    kind: 'failing',
    given: pod('pod-seccomp', 'until=2027-01-31; owner=team'),
    expect: [{ result: 'fail', message: /gives no reason/ }],
  },
  {
    name: 'an id that is nearly one',
    kind: 'failing',
    given: pod('pod-secomp', 'until=2027-01-31; no profile yet'),
    expect: [{ result: 'fail', message: /no check `pod-secomp`; did you mean `pod-seccomp`/ }],
  },
  {
    name: 'a key that is nearly one',
    kind: 'failing',
    given: pod('pod-seccomp', 'untill=2027-01-31; no profile yet'),
    expect: [{ result: 'fail', message: /`untill` is not known here .* did you mean `until`/ }],
  },
  {
    name: 'no day of the calendar',
    kind: 'odd',
    given: pod('pod-seccomp', 'until=2027-02-30; no profile yet'),
    expect: [{ result: 'fail', message: /is no day/ }],
  },
  {
    name: 'a number',
    kind: 'odd',
    given: pod('pod-seccomp', '2027'),
    expect: [{ result: 'fail', message: /no text/ }],
  },
  {
    name: 'what says that exceptions are wrong may not be accepted',
    kind: 'odd',
    given: pod('exception-expired', 'until=2027-01-31; we never look'),
    expect: [{ result: 'fail', message: /may not be accepted/ }],
  },
  {
    name: 'a reason with signs of its own',
    kind: 'passing',
    given: pod('pod-seccomp', '"until=2027-01-31; owner=team; container=app; reason=a=b; then c"'),
    expect: [],
  },
  {
    name: 'annotations that are no mapping',
    kind: 'unknown',
    given: { manifests: 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, annotations: [1]}\n' },
    expect: [],
  },
])
