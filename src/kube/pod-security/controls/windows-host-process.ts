import { field } from '../../../model/index.js'
import { inEachContext, type Control } from '../control.js'
import { setters } from '../in-words.js'

/** Source: policy/check_windowsHostProcess.go. */
export const windowsHostProcess: Control = {
  id: 'windowsHostProcess',
  level: 'baseline',
  describe: (places) =>
    `hostProcess (${setters(places)} must not set securityContext.windowsOptions.hostProcess=true)`,
  versions: [
    {
      from: 0,
      evaluate: (pod) =>
        inEachContext(pod, (context) =>
          field(context.windowsOptions, 'hostProcess') === true
            ? [{ path: ['windowsOptions', 'hostProcess'], value: true }]
            : [],
        ),
    },
  ],
}
