import type { Fix } from '../../model/index.js'
import { defineCheck, type ComponentSubject, type Report } from '../define-check.js'
import { advice } from '../precondition.js'
import { readableByOthers } from '../readable-by-others.js'
import { cis, kubernetesDocs } from '../references.js'
import { describeMode } from '../writable-by-others.js'
import { encryptionOfSecrets, type SecretsEncryption } from './encryption-of-secrets.js'
import { encryptedWith, SECRETBOX } from './example-encryption.js'

/** Why a provider is weak. Source: kubernetes.io, Encrypting Confidential Data at Rest, available providers. */
const WEAK: Readonly<Record<string, string>> = {
  aescbc:
    'it protects against reading, not against changes: whoever can write to etcd can try ciphertexts out',
  aesgcm:
    'its random nonces are safe for some 200,000 writes with one key; it needs a rotation that runs by itself',
}

const REWRITE =
  'put secretbox or kms first, leave the present one behind it for reading, restart every API server, then write all Secrets again (kubectl get secrets -A -o json | kubectl replace -f -)'

function judgeWriter({ writer, readers, document }: SecretsEncryption, report: Report): void {
  if (writer === undefined) {
    const place = document.value.entries[0]?.place ?? { line: 1, column: 1 }
    return report.fail(
      {
        origin: document.originAt(place),
        key: 'secrets',
        message: 'no entry names `secrets`, `*.` or `*.*`',
      },
      {
        message: 'Secrets are not among the resources that are encrypted',
        fix: fixOf('Add an entry for secrets: '),
      },
    )
  }
  const evidence = {
    origin: document.originAt(writer.place),
    key: writer.kind,
    message: `\`${writer.kind}\` is the first provider of Secrets, and the first one writes`,
  }
  if (writer.kind === 'identity') {
    const others = readers.some(({ kind }) => kind !== 'identity')
    return report.fail(evidence, {
      message: `Secrets are written in clear: \`identity\` comes first${others ? ', as while encryption is being taken away' : ''}`,
      fix: fixOf('Change the order of the providers: '),
    })
  }
  const weak = WEAK[writer.kind]
  if (weak === undefined) return
  report.fail(evidence, {
    severity: 'medium',
    because: weak,
    message: `Secrets are encrypted with ${writer.kind}: ${weak}`,
    fix: fixOf('Change the provider: '),
  })
}

function fixOf(begin: string): Fix {
  return advice(`${begin}${REWRITE}.`, {
    breaks:
      'an API server that still has the old file cannot read what is written with the new one; change all of them before Secrets are written again',
  })
}

/** A key in clear is worth as much as the Secrets. */
function judgeFile(
  apiserver: ComponentSubject,
  { readers, document }: SecretsEncryption,
  report: Report,
): void {
  const { machine } = apiserver
  const { file } = document
  if (machine === undefined || readers.every(({ keys }) => keys === 0)) return
  if (readableByOthers(machine, file.path) !== true) return
  report.fail(
    {
      origin: {
        kind: 'stat',
        host: machine.name,
        file: file.path,
        mode: file.mode ?? 0,
        uid: file.uid ?? 0,
        gid: file.gid ?? 0,
      },
      key: 'file',
      message: `\`${file.path}\` is ${describeMode(file)}: others than root may read the keys`,
    },
    {
      message: 'the keys can be read by others than root',
      fix: {
        text: `Take ${file.path} from others than root, and make new keys: the old ones were open.`,
        edits: [],
        commands: [`chown root:root ${file.path}`, `chmod 600 ${file.path}`],
        risk: 'none',
        needs: [],
      },
    },
  )
}

export const apiserverEncryptionProviders = defineCheck({
  id: 'apiserver-encryption-providers',
  title: 'Encryption at rest does not protect Secrets',
  severity: 'high',
  because: 'Secrets lie in etcd in clear, or their key lies open; medium where the provider is weak',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'The first provider of an entry writes, the others only read; a resource that no entry names is not encrypted at all. A configuration can look encrypted and store everything in clear.',
  references: [cis('1.2.28'), kubernetesDocs('tasks/administer-cluster/encrypt-data/#providers')],
  evaluate(apiserver, report) {
    const encryption = encryptionOfSecrets(apiserver, report)
    if (encryption === undefined) return
    judgeWriter(encryption, report)
    judgeFile(apiserver, encryption, report)
  },
  examples: {
    bad: encryptedWith(['identity: {}', SECRETBOX]),
    good: encryptedWith([SECRETBOX, 'identity: {}']),
  },
})
