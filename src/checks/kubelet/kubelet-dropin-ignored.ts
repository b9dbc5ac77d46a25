import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { asString, unknown } from '../../model/index.js'
import { advice } from '../precondition.js'

const IGNORED = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nreadOnlyPort: 0\n'

export const kubeletDropinIgnored = defineCheck({
  id: 'kubelet-dropin-ignored',
  title: "A file in the kubelet's drop-in folder is ignored",
  severity: 'medium',
  because: 'a setting that somebody believes in is not in force',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'The kubelet reads only files whose name ends in .conf; everything else in the folder is passed over without a word.',
  references: [
    kubernetesDocs('tasks/administer-cluster/kubelet-config-file/#kubelet-configuration-drop-in-directory'),
  ],
  evaluate(kubelet, report) {
    const fact = kubelet.setting('--config-dir')
    if (!fact.known) return report.unknown(fact)
    const folder = (asString(fact.value) ?? '').replace(/\/+$/, '')
    if (folder === '') return
    if (kubelet.machine === undefined)
      return report.unknown(unknown('no-source', `the host with \`${folder}\` was not read`, fact.origin))
    for (const file of kubelet.machine.files.values()) {
      if (file.type !== 'file' || !file.path.startsWith(`${folder}/`) || file.path.endsWith('.conf')) continue
      if (!/^\s*kind:\s*["']?KubeletConfiguration|"kind"\s*:\s*"KubeletConfiguration"/m.test(file.text ?? ''))
        continue
      report.fail(
        {
          origin: { kind: 'file', host: kubelet.machine.name, file: file.path, line: 1 },
          message: `\`${file.path}\` does not end in .conf`,
        },
        {
          message: 'a kubelet configuration in the drop-in folder is not read',
          fix: {
            ...advice('Rename the file so that it ends in .conf, and see that its settings are wanted.'),
            commands: [`mv ${file.path} ${file.path.replace(/\.\w+$/, '')}.conf`],
            risk: 'restart',
            restart: 'kubelet',
          },
        },
      )
    }
  },
  examples: {
    bad: kubeletWith('', '--config-dir=/etc/kubernetes/kubelet.conf.d', {
      '/etc/kubernetes/kubelet.conf.d/10-hard.yaml': IGNORED,
    }),
    good: kubeletWith('', '--config-dir=/etc/kubernetes/kubelet.conf.d', {
      '/etc/kubernetes/kubelet.conf.d/10-hard.conf': IGNORED,
    }),
  },
})
