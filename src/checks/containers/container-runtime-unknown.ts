import { asString } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

/** Runtimes that are well known and keep containers apart as runc does, or better. */
const KNOWN =
  /^(?:|runc|crun|youki|io\.containerd\.runc\.v[12]|io\.containerd\.runtime\.v1\.linux|runsc|io\.containerd\.runsc\.v1|kata(?:-\w+)?|io\.containerd\.kata(?:-\w+)?\.v2|sysbox-runc|nvidia|nvidia-cdi)$/

export const containerRuntimeUnknown = defineCheck({
  id: 'container-runtime-unknown',
  title: 'A container is started by a runtime that nobody knows',
  severity: 'medium',
  because: 'that program runs as root and decides what confines the container',
  reach: 'host',
  appliesTo: 'container',
  why: 'The runtime sets up namespaces, capabilities and seccomp. A program of another name may leave any of it out.',
  references: [dockerDocs('engine/daemon/alternative-runtimes/')],
  evaluate(subject, report) {
    const { container } = subject
    judgeContainer(subject, report, ['HostConfig', 'Runtime'], (value) => {
      const runtime = asString(value) ?? ''
      if (KNOWN.test(runtime)) return undefined
      return {
        severity: 'medium',
        seen: `\`Runtime\` is \`${runtime}\``,
        message: `container \`${container.name}\` is started by \`${runtime}\``,
        fix: remake(subject, {
          run: 'without `--runtime`, so that the default one starts it; or see what this runtime does and who may change its program',
          compose: 'take out `runtime`',
          breaks: 'what the runtime is there for',
        }),
      }
    })
  },
  examples: {
    bad: containerWith({ HostConfig: { Runtime: 'fast-runtime' } }),
    good: containerWith(),
  },
})
