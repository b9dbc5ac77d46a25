import { checkTests } from '../../../test/kit/check-tests.js'
import { node } from './example-node.js'
import { nodeOsKernel } from './node-os-kernel.js'

const system = (osImage: string, kernelVersion = '6.1.0'): { manifests: string } => ({
  manifests: node('worker-1', { info: `osImage: ${osImage}, kernelVersion: ${kernelVersion}` }),
})

checkTests(nodeOsKernel, [
  {
    name: 'a system without updates',
    kind: 'failing',
    given: system('CentOS Linux 7 (Core)'),
    expect: [
      {
        result: 'fail',
        severity: 'info',
        message: /2024-06-30/,
        path: 'status.nodeInfo.osImage',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'a very old kernel',
    kind: 'failing',
    given: system('Some Linux', '3.10.0-1160.el7'),
    expect: [{ result: 'fail', path: 'status.nodeInfo.kernelVersion' }],
  },
  { name: 'both new', kind: 'passing', given: system('Debian GNU/Linux 13 (trixie)'), expect: [] },
  {
    name: 'a newer system whose name begins alike',
    kind: 'odd',
    given: system('Amazon Linux 2023.9'),
    expect: [],
  },
  {
    name: 'numbers of Windows',
    kind: 'odd',
    given: system('Windows Server 2022 Datacenter', '"10.0.20348.1"'),
    expect: [],
  },
  {
    name: 'neither',
    kind: 'unknown',
    given: { manifests: node('a') },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
