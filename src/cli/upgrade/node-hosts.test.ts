import { describe, expect, it } from 'vitest'
import { hostTargets, targetText, type HostOptions } from './node-hosts.js'

const options = (over: Partial<HostOptions> = {}): HostOptions => ({
  transport: 'ssh',
  ...over,
})
const one = (host: string, over: Partial<HostOptions> = {}): string =>
  targetText(hostTargets(['n'], options({ host: [`n=${host}`], ...over })).get('n'))

describe('hostTargets', () => {
  it.each([
    ['10.0.0.4', 'ssh 10.0.0.4'],
    ['10.0.0.4:2222', 'ssh 10.0.0.4 port 2222'],
    ['ops@node.example', 'ssh ops@node.example'],
    ['[fd00::4]:22', 'ssh fd00::4 port 22'],
    ['fd00::4', 'ssh fd00::4'],
    ['local', 'this machine'],
    ['manual', 'by hand'],
  ])('%s', (text, wanted) => expect(one(text)).toBe(wanted))

  it('without more the node has the name of its host, and the usual user and port', () => {
    const targets = hostTargets(['w-1'], options({ sshUser: 'ops', sshPort: 2022 }))
    expect(targetText(targets.get('w-1'))).toBe('ssh ops@w-1 port 2022')
  })

  it.each<[string, readonly string[], Partial<HostOptions>, RegExp]>([
    ['no address', ['n'], { host: ['n='] }, /must be NODE=ADDRESS/],
    ['no node', ['n'], { host: ['=x'] }, /must be NODE=ADDRESS/],
    ['a node that is not planned', ['n'], { host: ['x=local'] }, /the plan has no node `x`/],
    ['spaces', ['n'], { host: ['n=a b'] }, /`a b` is no address/],
    ['an option for ssh', ['n'], { host: ['n=a:-oProxyCommand=x'] }, /is no address/],
    ['one machine for two nodes', ['n', 'm'], { transport: 'local' }, /cannot be 2 nodes \(n, m\)/],
  ])('%s is refused', (_name, nodes, over, message) => {
    expect(() => hostTargets(nodes, options(over))).toThrow(message)
  })
})
