import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverPodSecurityConfig } from './apiserver-pod-security-config.js'
import { apiserverWith } from './example-apiserver.js'

const FILE = '/etc/kubernetes/admission.yaml'
const FLAG = `--admission-control-config-file=${FILE}`
const HEAD = 'apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n'
const PODS = 'apiVersion: pod-security.admission.config.k8s.io/v1\nkind: PodSecurityConfiguration\n'
const behindPath = (more: string) =>
  apiserverWith([FLAG], {
    files: {
      [FILE]: `${HEAD}- {name: PodSecurity, path: psa.yaml}\n`,
      '/etc/kubernetes/psa.yaml': PODS + more,
    },
  })

checkTests(apiserverPodSecurityConfig, [
  {
    name: 'no file',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', severity: 'medium', path: 'admission-control-config-file', fix: 'advice' }],
  },
  {
    name: 'privileged, behind a path',
    kind: 'failing',
    given: behindPath('defaults:\n  enforce: privileged\n'),
    expect: [
      {
        result: 'fail',
        path: 'defaults.enforce',
        file: '/etc/kubernetes/psa.yaml',
        line: 4,
        message: /^namespaces/,
      },
    ],
  },
  {
    name: 'exempt users, runtime classes and namespaces',
    kind: 'failing',
    given: behindPath(
      'defaults: {enforce: restricted}\nexemptions:\n  usernames: [ci]\n  runtimeClasses: [kata]\n  namespaces: [kube-system, ci]\n',
    ),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'exemptions of users',
        line: 4,
        message:
          'Pod Security passes over the users `ci`; Pod Security passes over the runtime classes `kata`; Pod Security passes over the namespaces `ci`',
      },
    ],
  },
  {
    name: 'baseline, the system exempt',
    kind: 'passing',
    given: behindPath('defaults: {enforce: baseline}\nexemptions: {namespaces: [kube-system]}\n'),
    expect: [],
  },
  {
    name: 'a file that speaks of other plug-ins',
    kind: 'odd',
    given: apiserverWith([FLAG], { files: { [FILE]: `${HEAD}- {name: Other, path: o.yaml}\n` } }),
    expect: [{ result: 'fail', path: 'defaults.enforce', file: FILE }],
  },
  {
    name: 'unset is privileged',
    kind: 'odd',
    given: behindPath('defaults: {warn: restricted}\n'),
    expect: [{ result: 'fail', path: 'defaults.enforce' }],
  },
  {
    name: 'the plug-in is off',
    kind: 'odd',
    given: apiserverWith(['--disable-admission-plugins=PodSecurity']),
    expect: [{ result: 'notApplicable', message: 'the PodSecurity plug-in is off' }],
  },
  {
    name: 'a file that was not read',
    kind: 'unknown',
    given: apiserverWith([FLAG]),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'a level that is none',
    kind: 'unknown',
    given: behindPath('defaults: {enforce: strict}\n'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  ...unseenRows('kube-apiserver'),
])
