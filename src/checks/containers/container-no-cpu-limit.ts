import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { limitWith } from './limit-with.js'

export const containerNoCpuLimit = defineCheck({
  id: 'container-no-cpu-limit',
  title: 'A container may use every processor of the host',
  severity: 'info',
  because: 'the scheduler shares time among those who want it; a limit only makes that predictable',
  reach: 'host',
  appliesTo: 'container',
  why: 'Containers without a limit compete for processor time. That is often right; on a host that many share, one of them slows the others.',
  references: [cisDocker('5.12'), dockerDocs('engine/containers/resource_constraints/#cpu')],
  evaluate(subject, report) {
    const { container } = subject
    judgeContainer(subject, report, ['HostConfig', 'NanoCpus'], (value) => {
      const quota = container.at(['HostConfig', 'CpuQuota'])
      const set = container.at(['HostConfig', 'CpusetCpus'])
      const limited = [value, quota].some((limit) => typeof limit === 'number' && limit > 0)
      if (limited || (typeof set === 'string' && set !== '')) return undefined
      return {
        severity: 'info',
        seen: '`NanoCpus` and `CpuQuota` are 0: no limit',
        message: `container \`${container.name}\` may use every processor`,
        fix: limitWith(subject, {
          update: '--cpus 1',
          compose: '`cpus: 1`',
          choose: 'the number is an example',
        }),
      }
    })
  },
  examples: {
    bad: containerWith({ HostConfig: { NanoCpus: 0 } }),
    good: containerWith(),
  },
})
