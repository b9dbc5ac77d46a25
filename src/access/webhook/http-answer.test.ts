import { describe, expect, it } from 'vitest'
import { judgeAnswer, repeatAfter, type HttpAnswer } from './http-answer.js'

const http = (status: number, body = '', more: Partial<HttpAnswer> = {}): HttpAnswer => ({
  status,
  body,
  contentType: 'application/json',
  retryAfter: undefined,
  ...more,
})
const failure = (reason: string, more: object = {}): string =>
  JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message: 'm', reason, ...more })
const after = (status: number, retryAfter: string): HttpAnswer => http(status, '', { retryAfter })

// Each row as the webhook authorizer of kube-apiserver 1.36 took the same answer.
describe('judgeAnswer', () => {
  it.each([200, 201, 202, 203, 206])('%i is an answer', (status) => {
    expect(judgeAnswer(http(status, '{}'))).toEqual({ kind: 'body', body: '{}' })
  })

  it.each(['application/json; charset=utf-8', 'text/plain', 'application/octet-stream', 'a;', undefined])(
    'the type %s is not looked at',
    (contentType) => {
      expect(judgeAnswer(http(200, '{}', { contentType }))).toMatchObject({ kind: 'body' })
    },
  )

  it.each<[string, HttpAnswer]>([
    ['nothing', http(200)],
    ...[204, 205, 207, 226, 300, 304].map((status): [string, HttpAnswer] => [
      String(status),
      http(status, ''),
    ]),
    ...[400, 401, 403, 404, 409, 418, 503].map((status): [string, HttpAnswer] => [
      `${status}`,
      http(status, '{}'),
    ]),
    ['a Status at 500', http(500, failure('Forbidden', { code: 403 }))],
    ['a ServerTimeout without details', http(500, failure('ServerTimeout', { code: 500 }))],
    ['a Status that wants no wait', http(403, failure('Forbidden', { details: { retryAfterSeconds: 0 } }))],
    [
      'an object that is no Status',
      http(403, JSON.stringify({ status: 'Failure', reason: 'InternalError' })),
    ],
    ...['0', 'x', '-1', '1.5', 'Wed, 21 Oct 2037 07:28:00 GMT', ''].map((text): [string, HttpAnswer] => [
      `403 with Retry-After ${text}`,
      after(403, text),
    ]),
  ])('%s fails and is not tried again', (_name, answer) => {
    expect(judgeAnswer(answer)).toMatchObject({ kind: 'failure', retry: false })
  })

  it.each<[string, HttpAnswer]>([
    ...[429, 500, 501, 502, 504, 505, 599].map((status): [string, HttpAnswer] => [
      `${status}`,
      http(status, '{}'),
    ]),
    ['a Status of an internal error at 403', http(403, failure('InternalError', { code: 403 }))],
    ['a Status of a timeout', http(404, failure('Timeout'))],
    ['a Status of code 429', http(403, failure('', { code: 429 }))],
    [
      'a Status without a version',
      http(403, JSON.stringify({ kind: 'Status', status: 'Failure', code: 500 })),
    ],
    ['a Status that wants a wait', http(403, failure('Forbidden', { details: { retryAfterSeconds: 3 } }))],
    ['a ServerTimeout with details', http(503, failure('ServerTimeout', { details: {} }))],
    ['403 with Retry-After', after(403, '5')],
    ['a type that is none', http(200, '{}', { contentType: ';;;' })],
  ])('%s fails and is tried again', (_name, answer) => {
    expect(judgeAnswer(answer)).toMatchObject({ kind: 'failure', retry: true })
  })

  it('tells what the webhook said', () => {
    expect(judgeAnswer(http(403, ' go\n away '))).toMatchObject({
      message: 'the webhook answered with HTTP status 403: go away',
    })
    expect(judgeAnswer(http(500, failure('InternalError')))).toMatchObject({
      message: 'the webhook answered with HTTP status 500: InternalError, m',
    })
  })
})

it.each<[number, string, number | undefined]>([
  [429, '1', 1],
  [500, '0', 0],
  [503, '-1', -1],
  [504, '+2', 2],
  [429, '1.5', undefined],
  [503, 'soon', undefined],
  [403, '1', undefined],
  [200, '1', undefined],
])('%i with Retry-After %s is repeated after %s', (status, retryAfter, seconds) => {
  expect(repeatAfter(after(status, retryAfter))).toBe(seconds)
})
