import { expect, it } from 'vitest'
import { runAudit } from '../../audit/index.js'
import { checks } from '../../checks/index.js'
import { kubeletsOf } from '../../effective/index.js'
import { composeEstate } from '../compose.js'
import { memoryFs, readHost } from './index.js'

const HEAD = 'UID          PID    PPID  C STIME TTY          TIME CMD'
const KUBELET =
  'root         812       1  3 08:12 ?        00:14:02 /usr/bin/kubelet --anonymous-auth=true --read-only-port=0'
const DOCKERD =
  'root         900       1  0 08:12 ?        00:00:01 /usr/bin/dockerd -H fd:// -H tcp://0.0.0.0:2375'

it('claims nothing of command lines that were cut', async () => {
  const text = [HEAD, KUBELET, DOCKERD].map((line) => line.slice(0, 80)).join('\n')
  const host = await readHost(memoryFs({}), { name: 'node-1', root: 'x', ps: { text, file: 'ps.txt' } })
  expect(host.problems.map((problem) => problem.code)).toEqual(['truncated-line', 'truncated-line'])
  const estate = composeEstate({ objects: [], hosts: [host], problems: [], sources: [] })
  const [kubelet] = kubeletsOf(estate)
  expect(kubelet?.command?.args).toEqual([])
  expect(kubelet?.config.refusal).toBeUndefined()
  const result = runAudit(estate, { version: 'test', checks })
  expect(result.findings).toEqual([])
  expect(result.unknowns.length).toBeGreaterThan(30)
})
