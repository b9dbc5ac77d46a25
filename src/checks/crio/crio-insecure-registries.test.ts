import { checkTests } from '../../../test/kit/check-tests.js'
import { crioInsecureRegistries } from './crio-insecure-registries.js'
import { crioWith } from './example-crio.js'

checkTests(crioInsecureRegistries, [
  {
    name: 'not verified',
    kind: 'failing',
    given: crioWith('', {
      '/etc/containers/registries.conf': '[[registry]]\nlocation = "registry.example"\ninsecure = true\n',
    }),
    expect: [{ result: 'fail', severity: 'high', file: '/etc/containers/registries.conf', line: 3 }],
  },
  {
    name: 'verified',
    kind: 'passing',
    given: crioWith('', { '/etc/containers/registries.conf': '' }),
    expect: [],
  },
  {
    name: 'the host itself',
    kind: 'odd',
    given: crioWith('', {
      '/etc/containers/registries.conf': '[[registry]]\nlocation = "localhost:5000"\ninsecure = true\n',
    }),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'a drop-in',
    kind: 'odd',
    given: crioWith('', {
      '/etc/containers/registries.conf': '',
      '/etc/containers/registries.conf.d/a.conf':
        '[[registry]]\nprefix = "x.example"\nlocation = "x.example"\ninsecure = true\n',
    }),
    expect: [{ result: 'fail', file: '/etc/containers/registries.conf.d/a.conf' }],
  },
  {
    name: 'the file was not read',
    kind: 'unknown',
    given: crioWith(''),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
