import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'
import { pluginInForce, switchOff } from './plugin-in-force.js'

const PLUGIN = 'AlwaysAdmit'

export const apiserverAdmissionAlwaysAdmit = defineCheck({
  id: 'apiserver-admission-always-admit',
  title: 'Admission control is told to admit everything',
  severity: 'high',
  because:
    'it is what stands there when admission control is switched off; medium while other plug-ins stand beside it, which still refuse',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'AlwaysAdmit refuses nothing. Alone it leaves a cluster without Pod Security, without limits and without the guards of certificates; beside others it has no effect and only shows that somebody wanted that.',
  references: [
    cis('1.2.10'),
    kubernetesDocs('reference/access-authn-authz/admission-controllers/#alwaysadmit'),
  ],
  evaluate(apiserver, report) {
    const state = pluginInForce(apiserver, report, PLUGIN)
    if (state?.on !== true) return
    const plugins = apiserver.strings('admission-plugins')
    const others = plugins.known ? plugins.value.filter((name) => name !== PLUGIN) : []
    report.fail(state.evidence, {
      ...(others.length === 0
        ? { message: `${PLUGIN} is the only admission plug-in` }
        : {
            message: `${PLUGIN} is among the admission plug-ins`,
            severity: 'medium',
            because: `${others.length} other plug-ins are in force, and what one of them refuses is refused`,
          }),
      fix: switchOff(apiserver, PLUGIN),
    })
  },
  examples: {
    bad: apiserverWith(['--enable-admission-plugins=AlwaysAdmit']),
    good: apiserverWith(['--enable-admission-plugins=NodeRestriction']),
  },
})
