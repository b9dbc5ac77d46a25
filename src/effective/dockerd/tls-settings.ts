import type { Setting } from '../../model/index.js'
import { defaultClaim, settingOf, type Claim, type Layers } from './layers.js'

/** The settings of TLS, each as the daemon ends up with it. */
export interface TlsSettings {
  readonly tls: Setting
  readonly tlsverify: Setting
  readonly files: readonly Setting[]
}

/**
 * TLS by the rules of its own: naming `tlsverify` at all, even as false, turns TLS on; `tlsverify` that nobody names
 * follows `tls`; the file flags (`--tlscacert` ...) count only when a flag turns TLS on, so that with `"tls": true` in
 * daemon.json they are ignored.
 * Source: moby v28.3.3 cmd/dockerd/daemon.go, loadDaemonCliConfig, newAPIServerTLSConfig; cmd/dockerd/options.go,
 * setDefaultOptions. mergo v1.0.1 takes a pointer to false for empty, so `--tlsverify` beats `"tls": false`.
 */
export function tlsSettings(layers: Layers): TlsSettings {
  const tls = effectiveTls(layers)
  const tlsverify = effectiveVerify(layers, tls)
  const byFlag = flagsTurnTlsOn(layers)
  const files = FILES.map(([key, name]) => fileSetting(layers, key, name, byFlag))
  return { tls, tlsverify, files }
}

const FILES = [
  ['tlscacert', 'ca.pem'],
  ['tlscert', 'cert.pem'],
  ['tlskey', 'key.pem'],
] as const

function effectiveTls(layers: Layers): Setting {
  const own = layers.flag('tls')
  const file = booleanOf(layers.inFile('tls'))
  const verifyFlag = layers.flag('tlsverify')
  const verifyFile = layers.written('tlsverify')
  const implied = verifyFile ?? verifyFlag
  if (implied !== undefined) {
    const winner = { ...implied, value: true }
    const same = [file, own].filter((claim) => claim?.value === true)
    if (same[0] !== undefined) return settingOf('tls', same[0], [])
    return settingOf('tls', winner, [own, file])
  }
  if (own !== undefined) return settingOf('tls', own, [...layers.replaced('tls'), file])
  return settingOf('tls', file ?? defaultClaim(false, 'TLS is off unless it is asked for'), [])
}

function effectiveVerify(layers: Layers, tls: Setting): Setting {
  const flag = layers.flag('tlsverify')
  const file = booleanOf(layers.inFile('tlsverify'))
  if (flag !== undefined) return settingOf('tlsverify', flag, [...layers.replaced('tlsverify'), file])
  if (file !== undefined) return settingOf('tlsverify', file, [])
  const detail = 'follows `tls`, as nothing sets it'
  return settingOf('tlsverify', defaultClaim(tls.value === true, detail, tls.origin), [])
}

/** Whether the flags (or DOCKER_TLS_VERIFY) turn TLS on, which makes the daemon look at its file flags. */
function flagsTurnTlsOn(layers: Layers): boolean {
  const { environment } = layers.input
  if ((environment?.['DOCKER_TLS_VERIFY'] ?? '') !== '') return true
  return layers.flag('tls')?.value === true || layers.flag('tlsverify') !== undefined
}

function fileSetting(layers: Layers, key: string, name: string, byFlag: boolean): Setting {
  const flag = layers.flag(key)
  const file = layers.inFile(key)
  if (byFlag && flag !== undefined) return settingOf(key, flag, [...layers.replaced(key), file])
  if (file !== undefined) return settingOf(key, file, [flag])
  if (!byFlag) {
    const detail = flag === undefined ? 'nothing sets it' : 'its flag counts only when a flag turns TLS on'
    return settingOf(key, defaultClaim('', detail), [flag])
  }
  const folder = certificateFolder(layers)
  return settingOf(key, defaultClaim(`${folder}/${name}`, 'the usual place'), [])
}

/** Source: moby v28.3.3 cmd/dockerd/options.go, defaultCertPath. */
function certificateFolder(layers: Layers): string {
  const { environment = {} } = layers.input
  const home = environment['HOME'] ?? '/root'
  return environment['DOCKER_CERT_PATH'] || environment['DOCKER_CONFIG'] || `${home}/.docker`
}

function booleanOf(claim: Claim | undefined): Claim | undefined {
  return typeof claim?.value === 'boolean' ? claim : undefined
}
