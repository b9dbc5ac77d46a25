import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonUnknownKey } from './daemon-unknown-key.js'
import { brokenDaemonJson, dockerdOfVersion, dockerdWith } from './example-dockerd.js'

checkTests(daemonUnknownKey, [
  {
    name: 'a wrong name',
    kind: 'failing',
    given: dockerdWith('{\n"live_restore": true}'),
    expect: [{ result: 'fail', severity: 'high', file: '/etc/docker/daemon.json', line: 2, fix: 'patch' }],
  },
  {
    name: 'other letters',
    kind: 'failing',
    given: dockerdWith('{"ICC": false}'),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'a key of a later release',
    kind: 'failing',
    given: dockerdOfVersion('20.10.24', '{"allow-direct-routing": false}'),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'the name of a flag is ignored',
    kind: 'odd',
    given: dockerdWith('{"insecure-registry": ["x"]}'),
    expect: [{ result: 'fail', severity: 'medium', fix: 'advice' }],
  },
  {
    name: 'a proxy outside of proxies is ignored',
    kind: 'odd',
    given: dockerdOfVersion('27.5.1', '{"http-proxy": "http://p"}'),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a name of the prototype',
    kind: 'odd',
    given: dockerdWith('{"__proto__": {"x": 1}, "constructor": 1}'),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  { name: 'no file at all', kind: 'passing', given: dockerdWith(''), expect: [] },
  {
    name: 'known keys',
    kind: 'passing',
    given: dockerdWith('{"features": {"anything": true}, "hosts": ["fd://"]}'),
    expect: [],
  },
  {
    name: 'known to some releases, and the release is not known',
    kind: 'unknown',
    given: dockerdWith('{"allow-direct-routing": false}'),
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
  {
    name: 'the file cannot be parsed',
    kind: 'unknown',
    given: brokenDaemonJson(),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
