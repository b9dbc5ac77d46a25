import { field } from '../../../model/index.js'
import { inEachContext, type Control } from '../control.js'

/** Source: policy/check_windowsHostProcess.go. */
export const windowsHostProcess: Control = {
  id: 'windowsHostProcess',
  level: 'baseline',
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
