import { checkTests } from '../../../test/kit/check-tests.js'
import { configMap } from './example-objects.js'
import { secretInConfigmap } from './secret-in-configmap.js'

const TOKEN = ['gh', 'p_', 'q7Zr2LmX9vTb4KcN8sWd1YhJ6fGp3EaU5oRi'].join('')

checkTests(secretInConfigmap, [
  {
    name: 'a token',
    kind: 'failing',
    given: { manifests: configMap({ note: TOKEN }) },
    expect: [
      {
        result: 'fail',
        severity: 'high',
        line: 5,
        message: /^key `note` holds a GitHub token of 40 signs \(fingerprint [0-9a-f]{4}\)$/,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'a password by its key',
    kind: 'failing',
    given: { manifests: configMap({ DB_PASSWORD: 'hunter2' }) },
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a password in a file',
    kind: 'failing',
    given: { manifests: configMap({ 'app.properties': 'host=db\ndb.password=hunter2\n' }) },
    expect: [{ result: 'fail', message: /^`db.password` in key `app.properties`, line 2 / }],
  },
  {
    name: 'settings, references and templates',
    kind: 'passing',
    given: {
      manifests: configMap({ TOKEN_PATH: '/run/token', SECRET_NAME: 'db', PASSWORD: '${P}', x: 'a\nb: c\n' }),
    },
    expect: [],
  },
  {
    name: 'the certificates of the cluster',
    kind: 'odd',
    given: { manifests: configMap({ 'ca.crt': TOKEN }, 'kube-root-ca.crt') },
    expect: [],
  },
  {
    name: 'values that a snapshot did not keep',
    kind: 'unknown',
    given: { manifests: configMap({ a: '[redacted]' }) },
    expect: [{ result: 'unknown', reason: 'not-given' }],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: configMap('[a]') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
