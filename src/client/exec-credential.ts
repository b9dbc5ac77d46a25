import { createPrivateKey, X509Certificate } from 'node:crypto'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { findProgram } from '../kubeconfig/disk/index.js'
import type { ClientConfig, ExecConfig } from '../kubeconfig/index.js'
import { asString, field, RampartError, type JsonValue } from '../model/index.js'

/** What a plug-in gave. */
export interface ExecCredential {
  readonly token?: string
  readonly certificate?: { readonly cert: string; readonly key: string }
  /** When it ends, in milliseconds since 1970; absent where the plug-in does not say. */
  readonly expires?: number
}

/** What running a plug-in depends on beside the kubeconfig. */
export interface ExecOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether the plug-in may ask on the terminal that standard input is. */
  readonly stdinIsTerminal: boolean
  /** Why standard input is taken by something else, where it is. */
  readonly stdinUnavailable?: string
  readonly signal?: AbortSignal
}

/** Source: client-go v0.36.2 plugin/pkg/client/auth/exec/exec.go, apiVersions. v1alpha1 is gone. */
const VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1']
/** A credential is small; a program that writes without end is stopped. */
const LARGEST = 1024 * 1024

/**
 * Runs the credential plug-in of a kubeconfig as client-go does: without a shell, with KUBERNETES_EXEC_INFO, its errors on
 * standard error. Who calls this has been asked to: nothing runs for reading or checking a kubeconfig.
 * Source: client-go v0.36.2 plugin/pkg/client/auth/exec/exec.go, refreshCredsLocked.
 */
export async function runExecCredential(
  exec: ExecConfig,
  cluster: ClientConfig,
  options: ExecOptions,
): Promise<ExecCredential> {
  if (!VERSIONS.includes(exec.apiVersion))
    throw fail(`exec plugin: invalid apiVersion ${JSON.stringify(exec.apiVersion)}`)
  const interactive = isInteractive(exec, options)
  const command = path.normalize(exec.command)
  const program = findProgram(command, options.env.PATH ?? '')
  if (program === undefined) throw notFound(command, exec.installHint)
  const env = { ...options.env }
  for (const { name, value } of exec.env) env[name] = value
  env.KUBERNETES_EXEC_INFO = execInfo(exec, cluster, interactive)
  const output = await run(program, command, exec.args, { env, interactive, signal: options.signal })
  return readCredential(output, exec.apiVersion)
}

/** Source: exec.go, isInteractive. */
function isInteractive({ interactiveMode }: ExecConfig, options: ExecOptions): boolean {
  const refuse = (why: string): RampartError =>
    fail(`getting credentials: exec plugin cannot support interactive mode: ${why}`)
  if (interactiveMode === 'Never') return false
  const { stdinIsTerminal, stdinUnavailable } = options
  if (interactiveMode === 'IfAvailable') return stdinUnavailable === undefined && stdinIsTerminal
  if (!stdinIsTerminal) throw refuse('standard input is not a terminal')
  if (stdinUnavailable !== undefined)
    throw refuse(`standard input is unavailable${stdinUnavailable === '' ? '' : `: ${stdinUnavailable}`}`)
  return true
}

/** What the plug-in is told. Source: client-go v0.36.2 rest/exec.go, ConfigToExecCluster; clientauthentication/v1. */
export function execInfo(exec: ExecConfig, cluster: ClientConfig, interactive: boolean): string {
  return `${JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: exec.apiVersion,
    spec: {
      ...(exec.provideClusterInfo ? { cluster: clusterInfo(exec, cluster) } : {}),
      interactive,
    },
  }).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )}\n`
}

function clusterInfo(exec: ExecConfig, cluster: ClientConfig): object {
  const ca = authority(cluster)
  return {
    server: cluster.server,
    ...(cluster.tlsServerName === undefined ? {} : { 'tls-server-name': cluster.tlsServerName }),
    ...(cluster.insecureSkipTlsVerify ? { 'insecure-skip-tls-verify': true } : {}),
    ...(ca === undefined ? {} : { 'certificate-authority-data': ca.toString('base64') }),
    ...(cluster.proxyUrl === undefined ? {} : { 'proxy-url': cluster.proxyUrl }),
    ...(cluster.disableCompression ? { 'disable-compression': true } : {}),
    config: exec.clusterExtension ?? null,
  }
}

function authority({ ca }: ClientConfig): Buffer | undefined {
  if (ca === undefined) return undefined
  if (ca.kind === 'data') return Buffer.from(ca.pem)
  try {
    return readFileSync(ca.path)
  } catch (error) {
    throw fail(`failed to load CA bundle for execProvider: ${(error as Error).message}`)
  }
}

/** Source: exec.go, wrapCmdRunErrorLocked. */
function notFound(command: string, installHint: string): RampartError {
  const hint = installHint === '' ? '' : `\n\n${installHint}`
  return fail(`getting credentials: exec: executable ${command} not found

It looks like you are trying to use a client-go credential plugin that is not installed.

To learn more about this feature, consult the documentation available at:
      https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins${hint}`)
}

interface RunOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly interactive: boolean
  readonly signal: AbortSignal | undefined
}

function run(
  program: string,
  command: string,
  args: readonly string[],
  { env, interactive, signal }: RunOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env,
      argv0: command,
      stdio: [interactive ? 'inherit' : 'ignore', 'pipe', 'inherit'],
      ...(signal === undefined ? {} : { signal }),
    })
    const chunks: Buffer[] = []
    let size = 0
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= LARGEST) return void chunks.push(chunk)
      // Its own children may hold the pipe open: nobody waits for them.
      child.kill('SIGKILL')
      child.stdout?.destroy()
      reject(fail(`getting credentials: exec: executable ${command} wrote more than 1 MiB`))
    })
    child.on('error', (error) => reject(fail(`getting credentials: exec: ${error.message}`)))
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'))
      else
        reject(fail(`getting credentials: exec: executable ${command} failed with exit code ${code ?? -1}`))
    })
  })
}

/** The answer of a plug-in. No message holds any of it: it may be a secret. */
export function readCredential(output: string, apiVersion: string): ExecCredential {
  const bad = (why: string): RampartError => fail(`getting credentials: ${why}`)
  let read: JsonValue
  try {
    read = JSON.parse(output) as JsonValue
  } catch {
    throw bad('decoding stdout: it is no JSON')
  }
  if (field(read, 'kind') !== 'ExecCredential') throw bad('decoding stdout: it is no ExecCredential')
  const version = asString(field(read, 'apiVersion')) ?? ''
  if (version !== apiVersion)
    throw bad(
      `exec plugin is configured to use API version ${apiVersion}, plugin returned version ${version}`,
    )
  const status = field(read, 'status') ?? undefined
  if (status === undefined) throw bad("exec plugin didn't return a status field")
  const text = (name: string): string => asString(field(status, name)) ?? ''
  const [token, cert, key] = [text('token'), text('clientCertificateData'), text('clientKeyData')]
  if (token === '' && cert === '' && key === '')
    throw bad("exec plugin didn't return a token or cert/key pair")
  if ((cert === '') !== (key === '')) throw bad('exec plugin returned only certificate or key, not both')
  const end = field(status, 'expirationTimestamp') ?? undefined
  const expires = typeof end === 'string' ? timeOf(end) : undefined
  if (end !== undefined && expires === undefined)
    throw bad('decoding stdout: its expirationTimestamp is no time')
  if (cert !== '' && !isPair(cert, key)) throw bad('failed parsing client key/certificate')
  return {
    ...(token === '' ? {} : { token }),
    ...(cert === '' ? {} : { certificate: { cert, key } }),
    ...(expires === undefined ? {} : { expires }),
  }
}

/** RFC 3339, as metav1.Time takes it. */
function timeOf(text: string): number | undefined {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text)
    ? Date.parse(text)
    : NaN
  return Number.isNaN(time) ? undefined : time
}

function isPair(cert: string, key: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}

function fail(message: string): RampartError {
  return new RampartError('not-allowed', message)
}
