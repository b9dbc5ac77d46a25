import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { advice } from '../precondition.js'
import { dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

/** runc, and runtimes that are published and known: crun, youki, gVisor, Kata, NVIDIA's wrapper, Sysbox. */
const KNOWN =
  /^(?:runc|crun|youki|runsc|nvidia|sysbox-runc|kata(?:-runtime|-qemu|-clh|-fc)?|io\.containerd\.(?:runc\.v[12]|runsc\.v1|kata\.v2|runtime\.v1\.linux))$/

export const daemonDefaultRuntime = defineCheck({
  id: 'daemon-default-runtime',
  title: 'Containers run by a runtime that is not known',
  severity: 'medium',
  because: 'the runtime is what keeps containers apart, and it runs as root',
  reach: 'pod',
  appliesTo: 'dockerd',
  why: 'Every container that names no runtime is made by this program. One that nobody knows is a place to hide, or keeps nothing apart.',
  references: [dockerDocs('reference/cli/dockerd/')],
  evaluate(docker, report) {
    judgeSetting(docker, report, 'default-runtime', docker.string('default-runtime'), (value) =>
      KNOWN.test(value)
        ? undefined
        : {
            message: `\`${value}\` makes the containers of this host`,
            fix: advice('Confirm where the runtime comes from, or set `default-runtime` back to `runc`.', {
              breaks: 'containers that need the runtime',
            }),
          },
    )
  },
  examples: {
    bad: dockerdWith(`{ "default-runtime": "fast", "runtimes": { "fast": { "path": "/opt/fast" } } }`),
    good: dockerdWith('{}'),
  },
})
