import { expect, it } from 'vitest'
import { editLines } from './edit-lines.js'

it('lists changes under the file or object that they change', () => {
  const object = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
  expect(
    editLines([
      { host: 'cp-1', file: '/etc/docker/daemon.json', op: 'set', path: ['icc'], value: false },
      { host: 'cp-1', file: '/etc/docker/daemon.json', op: 'remove', path: ['hosts', 1] },
      { file: 'web.yaml', object, op: 'append', path: ['spec', 'list'], value: { name: 'x' } },
      { file: 'unit', op: 'setFlag', path: ['--anonymous-auth'], value: 'false' },
      { file: 'unit', op: 'setFlag', path: ['spec', 'containers', 0, 'command', 'profiling'], value: false },
      { file: 'unit', op: 'setFlag', path: ['tlsverify'] },
      { file: 'unit', op: 'removeFlag', path: ['insecure-port'] },
      { host: 'cp-1', file: '/etc/a.yaml', op: 'create', path: [], value: 'a: 1\nb: 2\n' },
    ]),
  ).toEqual([
    '/etc/docker/daemon.json on cp-1',
    '+ icc: false',
    '- hosts[1]',
    'web.yaml (Deployment.apps shop/web)',
    '+ spec.list[]: {"name":"x"}',
    'unit',
    '+ --anonymous-auth=false',
    '+ --profiling=false',
    '+ --tlsverify',
    '- --insecure-port',
    '/etc/a.yaml on cp-1',
    '+ (new file, mode 0600)',
    '+ a: 1',
    '+ b: 2',
  ])
})
