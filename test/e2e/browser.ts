import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The browser to test with: `CHROMIUM` of the environment, else the first one on the path that answers. */
export function findBrowser(): string | undefined {
  const named = process.env['CHROMIUM']
  const candidates = named === undefined ? NAMES : [named]
  return candidates.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0)
}

interface Answer {
  readonly id?: number
  readonly method?: string
  readonly sessionId?: string
  readonly result?: Record<string, unknown>
  readonly error?: { readonly message: string }
}

/** A headless browser with one page, spoken to over the pipe of the DevTools protocol: no port, no network. */
export class Browser {
  #next = 1
  #session: string | undefined
  #unread = ''
  readonly #waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
  readonly #listeners = new Map<string, ((parameters: unknown) => void)[]>()

  private constructor(
    private readonly process: ChildProcess,
    private readonly profile: string,
  ) {
    const output = process.stdio[4] as Readable
    output.setEncoding('utf8').on('data', (chunk: string) => this.#take(chunk))
    process.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the browser ended'))
    })
  }

  static async start(executable: string): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), 'rampart-browser-'))
    const child = spawn(
      executable,
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-dev-shm-usage',
        '--no-first-run',
        '--remote-debugging-pipe',
        `--user-data-dir=${profile}`,
        'about:blank',
      ],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
    )
    const browser = new Browser(child, profile)
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' })
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true })
    browser.#session = String(sessionId)
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await browser.send(`${domain}.enable`)
    return browser
  }

  /** Sends one command and gives its result. */
  send(method: string, parameters: object = {}): Promise<Record<string, unknown>> {
    const id = this.#next++
    const message = JSON.stringify({ id, method, params: parameters, sessionId: this.#session })
    ;(this.process.stdio[3] as Writable).write(`${message}\0`)
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {
        reject,
        resolve: (answer) => {
          if (answer.error === undefined) resolve(answer.result ?? {})
          else reject(new Error(`${method}: ${answer.error.message}`))
        },
      })
    })
  }

  on(event: string, listener: (parameters: unknown) => void): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener])
  }

  /** Opens an address and waits until the page has loaded; by way of an empty page, or `#` alone would not load it. */
  async open(url: string): Promise<void> {
    await this.send('Page.navigate', { url: 'about:blank' })
    await this.send('Page.navigate', { url })
    // The answer to navigate comes when the new document is there, not when it is complete.
    await this.evaluate(
      `document.readyState === 'complete' || new Promise((done) => addEventListener('load', () => done(true)))`,
    )
    await this.evaluate('new Promise((done) => setTimeout(done, 0))')
  }

  /** The value of an expression in the page; promises are awaited, exceptions thrown here. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const answer = await this.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    })
    if (answer['exceptionDetails'] !== undefined) throw new Error(JSON.stringify(answer['exceptionDetails']))
    return (answer['result'] as { value: Value }).value
  }

  async close(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.process.once('exit', () => resolve()))
    await this.send('Browser.close').catch(() => undefined)
    await ended
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }

  #take(chunk: string): void {
    const parts = (this.#unread + chunk).split('\0')
    this.#unread = parts.pop() ?? ''
    for (const part of parts) {
      const answer = JSON.parse(part) as Answer & { params?: unknown }
      if (answer.id === undefined) {
        for (const listener of this.#listeners.get(answer.method ?? '') ?? []) listener(answer.params)
        continue
      }
      this.#waiting.get(answer.id)?.resolve(answer)
      this.#waiting.delete(answer.id)
    }
  }
}
