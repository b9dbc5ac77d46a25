import { asStrings, unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { judgeWritable } from '../judge-writable.js'
import { crioWith } from './example-crio.js'

/** Source: cri-o v1.33 docs/crio.conf.5.md, hooks_dir. */
const DEFAULT = ['/usr/share/containers/oci/hooks.d', '/etc/containers/oci/hooks.d']

export const crioHooksDirWritable = defineCheck({
  id: 'crio-hooks-dir-writable',
  title: 'Others than root may write programs that CRI-O runs for every container',
  severity: 'high',
  because: 'a hook runs as root on the node when the next container starts',
  reach: 'host',
  appliesTo: 'crio',
  why: 'Files in the folders of `hooks_dir` name programs that run as root before or after a container. Whoever may write there is root.',
  references: ['https://github.com/cri-o/cri-o/blob/main/docs/crio.conf.5.md'],
  evaluate({ crio }, report) {
    const { host } = crio
    const fact = crio.setting(['crio', 'runtime', 'hooks_dir'])
    if (!fact.known) return report.unknown(fact)
    const set = asStrings(fact.value)
    for (const folder of set.length === 0 ? DEFAULT : set) {
      const file = host.files.get(folder)
      if (file !== undefined) {
        judgeWritable(host, folder, report, { message: `others than root may put hooks into \`${folder}\`` })
      } else if (!DEFAULT.includes(folder)) {
        report.unknown(
          unknown('no-source', `mode and owner of \`${folder}\` were not seen on ${host.name}`, fact.origin),
        )
      }
    }
  },
  examples: {
    bad: crioWith('', {
      '/etc/containers/oci/hooks.d/x.json': { text: '{}', mode: 0o644 },
      '/etc/containers/oci/hooks.d': { text: '', mode: 0o777 },
    }),
    good: crioWith(''),
  },
})
