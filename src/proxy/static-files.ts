import { createReadStream, readdirSync, realpathSync, statSync, type Stats } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { escapePath } from './go-url.js'
import { plainAnswer } from './plain-answer.js'

/** Types that Go knows without the system's tables. Source: Go 1.26 mime/type.go, builtinTypesLower. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.gif': 'image/gif',
  '.gz': 'application/gzip',
  '.htm': 'text/html; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/vnd.microsoft.icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.xml': 'text/xml; charset=utf-8',
}

export interface StaticOptions {
  readonly folder: string
  /** Whether links may lead out of the folder, as with kubectl. */
  readonly followLinks: boolean
}

/** Go's http.FileServer, for `--www`. `name` is decoded and has no slash at its beginning. */
export async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  { folder, followLinks }: StaticOptions,
): Promise<void> {
  const wanted = Buffer.from(name, 'latin1').toString('utf8')
  if (wanted.includes('\0')) return plainAnswer(response, 404, '404 page not found')
  if (/(^|\/)index\.html$/.test(wanted)) return redirect(request, response, './')
  const found = look(folder, path.posix.join('/', wanted), followLinks)
  if (typeof found === 'number') {
    return plainAnswer(response, found, found === 404 ? '404 page not found' : '403 Forbidden')
  }
  const slash = wanted === '' || wanted.endsWith('/')
  const base = path.posix.basename(wanted)
  if (found.stats.isDirectory() && !slash) return redirect(request, response, `${base}/`)
  if (!found.stats.isDirectory() && slash) return redirect(request, response, `../${base}`)
  if (!found.stats.isDirectory()) return content(request, response, found)
  const index = look(folder, path.posix.join('/', wanted, 'index.html'), followLinks)
  if (typeof index !== 'number' && index.stats.isFile()) return content(request, response, index)
  if (unchanged(request, found.stats)) return void response.writeHead(304).end()
  listing(response, found)
}

interface Found {
  readonly file: string
  readonly stats: Stats
}

function look(folder: string, name: string, followLinks: boolean): Found | 403 | 404 {
  try {
    const file = path.join(folder, name)
    const real = realpathSync(file)
    const root = realpathSync(folder)
    if (!followLinks && real !== root && !real.startsWith(`${root}${path.sep}`)) return 403
    const stats = statSync(real)
    return stats.isDirectory() || stats.isFile() ? { file: real, stats } : 404
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 403 : 404
  }
}

function redirect(request: IncomingMessage, response: ServerResponse, to: string): void {
  const query = /\?.*$/.exec(request.url ?? '')?.[0] ?? ''
  response.writeHead(301, { location: `${to}${query}` }).end()
}

function unchanged({ headers, method }: IncomingMessage, stats: Stats): boolean {
  const since = Date.parse(headers['if-modified-since'] ?? '')
  return (method === 'GET' || method === 'HEAD') && seconds(stats.mtimeMs) * 1000 <= since
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}

async function content(
  request: IncomingMessage,
  response: ServerResponse,
  { file, stats }: Found,
): Promise<void> {
  const modified = new Date(seconds(stats.mtimeMs) * 1000).toUTCString()
  if (unchanged(request, stats)) {
    response.writeHead(304, { 'last-modified': modified }).end()
    return
  }
  const range = rangeOf(request.headers.range, stats.size)
  if (range === 'none') {
    response.setHeader('content-range', `bytes */${stats.size}`)
    return plainAnswer(response, 416, 'invalid range: failed to overlap')
  }
  const { start, end } = range ?? { start: 0, end: stats.size - 1 }
  response.writeHead(range === undefined ? 200 : 206, {
    'accept-ranges': 'bytes',
    'content-type': TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
    'content-length': end - start + 1,
    'last-modified': modified,
    ...(range === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${stats.size}` }),
  })
  if (request.method === 'HEAD' || end < start) return void response.end()
  await pipeline(createReadStream(file, { start, end }), response).catch(() => response.destroy())
}

/** One range; several are answered with the whole, which RFC 9110 allows. `none` where it lies outside. */
function rangeOf(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'none' | undefined {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (found === null || (found[1] === '' && found[2] === '') || size === 0) return undefined
  const [, first = '', last = ''] = found
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return start >= size || end < start ? 'none' : { start, end }
}

/** Source: Go 1.26 net/http/fs.go, dirList. */
function listing(response: ServerResponse, { file, stats }: Found): void {
  const names = readdirSync(file, { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort((a, b) => (a < b ? -1 : 1))
  const lines = names.map((name) => {
    const encoded = escapePath(Buffer.from(name).toString('latin1'))
    // A colon in the first segment would be read as a scheme.
    const href = /^[^/]*:/.test(encoded) ? `./${encoded}` : encoded
    return `<a href="${href}">${escapeHtml(name)}</a>\n`
  })
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'last-modified': new Date(seconds(stats.mtimeMs) * 1000).toUTCString(),
  })
  response.end(
    `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${lines.join('')}</pre>\n`,
  )
}

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => HTML[sign] ?? sign)
}
