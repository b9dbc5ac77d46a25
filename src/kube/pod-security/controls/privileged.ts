import { inEachContainer, type Control } from '../control.js'

/** Source: policy/check_privileged.go. */
export const privileged: Control = {
  id: 'privileged',
  level: 'baseline',
  versions: [
    {
      from: 0,
      evaluate: (pod) =>
        inEachContainer(pod, (context) =>
          context.privileged === true ? [{ path: ['privileged'], value: true }] : [],
        ),
    },
  ],
}
