import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { asString, unknown } from '../../model/index.js'
import { judgeWritable } from '../judge-writable.js'

export const kubeletCredentialProviderDir = defineCheck({
  id: 'kubelet-credential-provider-dir',
  title: 'Others than root may replace the programs that the kubelet runs as root',
  severity: 'high',
  because: 'one local user away from root on the node',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'The kubelet runs the image credential providers in this folder as root whenever it pulls an image.',
  references: [kubernetesDocs('tasks/administer-cluster/kubelet-credential-provider/')],
  evaluate(kubelet, report) {
    for (const name of ['--image-credential-provider-bin-dir', '--image-credential-provider-config']) {
      const fact = kubelet.setting(name)
      if (!fact.known) {
        report.unknown(fact)
        continue
      }
      const path = asString(fact.value) ?? ''
      if (path === '') continue
      if (kubelet.machine === undefined)
        report.unknown(unknown('no-source', `the host with \`${path}\` was not read`, fact.origin))
      else
        judgeWritable(kubelet.machine, path, report, {
          message: `\`${path}\`, whose programs run as root, can be changed by others`,
        })
    }
  },
  examples: {
    bad: kubeletWith('', '--image-credential-provider-bin-dir=/opt/credential-providers', {
      '/opt/credential-providers/ecr': { text: '', mode: 0o777 },
      '/opt/credential-providers': { text: '', mode: 0o40777 },
    }),
    good: kubeletWith(''),
  },
})
