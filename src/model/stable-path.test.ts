import { expect, it } from 'vitest'
import { stablePath } from './stable-path.js'

const root = {
  containers: [
    {
      name: 'app',
      args: ['--a=1', '--b', '2', 'serve', 'word'],
      ports: [{ containerPort: 80 }, { containerPort: 81 }],
    },
  ],
  rules: [
    { verbs: ['get', '*'], resources: ['pods'] },
    { resources: ['pods'], verbs: ['get', '*'] },
  ],
  subjects: [
    { kind: 'ServiceAccount', name: 'default', namespace: 'a' },
    { kind: 'ServiceAccount', name: 'default', namespace: 'b' },
  ],
  ranges: ['0.0.0.0/0', 7, true, null],
}

it.each([
  [['containers', 0, 'args', 0], 'containers[name=app].args[--a]'],
  [['containers', 0, 'args', 2], 'containers[name=app].args[--b]'],
  [['containers', 0, 'args', 4], 'containers[name=app].args[4]'],
  [['subjects', 1], 'subjects[name=default,kind=ServiceAccount,namespace=b]'],
  [['ranges', 0], 'ranges[0.0.0.0/0]'],
  [['ranges', 1], 'ranges[7]'],
  [['ranges', 9], 'ranges[9]'],
  [['absent', 0, 'x'], 'absent[0].x'],
] as const)('%j is %s', (path, text) => {
  expect(stablePath(root, path)).toBe(text)
})

it('names members without a name by what they hold, not by where they stand', () => {
  const [first, second] = [0, 1].map((index) =>
    stablePath(root, ['containers', 0, 'ports', index, 'hostPort']),
  )
  expect(first).toMatch(/^containers\[name=app\]\.ports\[#[0-9a-f]{12}\]\.hostPort$/)
  expect(first).not.toBe(second)
  expect(stablePath(root, ['rules', 0, 'verbs', 1])).toBe(stablePath(root, ['rules', 1, 'verbs', 1]))
})
