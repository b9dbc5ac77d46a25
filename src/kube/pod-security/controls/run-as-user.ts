import { exceptUserNamespace, inEachContext, type Control, type Evaluate } from '../control.js'
import { setters } from '../in-words.js'

const zero: Evaluate = (pod) =>
  inEachContext(pod, (context) => (context.runAsUser === 0 ? [{ path: ['runAsUser'], value: 0 }] : []))

/** Source: policy/check_runAsUser.go. */
export const runAsUser: Control = {
  id: 'runAsUser',
  level: 'restricted',
  describe: (places) => `runAsUser=0 (${setters(places)} must not set runAsUser=0)`,
  versions: [
    { from: 23, evaluate: zero },
    { from: 35, evaluate: exceptUserNamespace(zero) },
  ],
}
