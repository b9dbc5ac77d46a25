import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAnswer } from './http-answer.js'

const read = (text: string) => readAnswer(Buffer.from(text, 'latin1'))

describe('the beginning of an HTTP answer', () => {
  it.each([
    ['nothing yet', '', { state: 'more' }],
    ['a part of the word', 'HTT', { state: 'more' }],
    ['a part of the line', 'HTTP/1.1 20', { state: 'more' }],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', { state: 'not-http' }],
    ['HTTP/2 in clear', '\0\0\u0012\u0004\0', { state: 'not-http' }],
    ['HTTP/0.9', '<html>', { state: 'not-http' }],
    ['an unknown version', 'HTTP/1.7 200 OK\r\n', { state: 'not-http' }],
    ['a status that is none', 'HTTP/1.1 99 x\r\n', { state: 'not-http' }],
    ['a status of four digits', 'HTTP/1.1 2000 x\r\n', { state: 'not-http' }],
    ['a line without end', `HTTP/1.1 200 ${'a'.repeat(2000)}`, { state: 'not-http' }],
    ['an interim answer alone', 'HTTP/1.1 100 Continue\r\n\r\n', { state: 'more' }],
  ])('%s', (_name, text, expected) => {
    expect(read(text)).toMatchObject(expected)
  })

  it.each([
    ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 200, 'ok', true],
    ['less than the length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok', 200, 'ok', false],
    ['more than the length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokmore', 200, 'ok', true],
    ['no length', 'HTTP/1.1 403 Forbidden\r\nA: b\r\n\r\nno', 403, 'no', false],
    ['no headers', 'HTTP/1.0 400 Bad Request\r\n\r\nClient', 400, 'Client', false],
    ['bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok', 200, 'ok', true],
    ['no reason', 'HTTP/1.1 401\r\nContent-Length: 0\r\n\r\n', 401, '', true],
    ['no body by its status', 'HTTP/1.1 204 No Content\r\nA: b\r\n\r\n', 204, '', true],
    [
      'chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n',
      200,
      'abcde',
      true,
    ],
    ['cut chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n30\r\nabc', 200, 'abc', false],
    ['broken chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc', 200, '', false],
    [
      'after an interim answer',
      'HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
      200,
      '',
      true,
    ],
    ['headers that have not ended', 'HTTP/1.1 200 OK\r\nServer: x', 200, '', false],
  ])('%s', (_name, text, status, body, complete) => {
    expect(read(text)).toMatchObject({ state: 'answer', complete, answer: { kind: 'http', status, body } })
  })

  it('keeps the line as it came, and headers by their small names', () => {
    expect(read('HTTP/1.1 401 Unauthorized\r\nX-A: 1\r\nx-a:2 \r\nnone\r\n\r\n')).toMatchObject({
      answer: { statusLine: 'HTTP/1.1 401 Unauthorized', headers: new Map([['x-a', '2']]) },
    })
  })

  it('never throws, and what is an answer stays one when more comes', () => {
    const start = fc.constantFrom(
      '',
      'HTTP/1.1 200 OK\r\n',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
    )
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), fc.nat(200), (head, tail, cut) => {
        const whole = Buffer.concat([Buffer.from(head), Buffer.from(tail)])
        const early = readAnswer(whole.subarray(0, cut))
        const late = readAnswer(whole)
        if (early.state === 'answer') expect(late.state).toBe('answer')
        if (early.state === 'not-http') expect(late.state).toBe('not-http')
      }),
    )
  })
})
