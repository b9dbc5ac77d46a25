import { describe, expect, it } from 'vitest'
import { isPlaceholder, secretLines, secretSign } from './secret-value.js'

/** Written in parts, so that no scanner takes these tests for a leak. */
const join = (...parts: string[]): string => parts.join('')
const random = (length: number): string =>
  'q7Zr2LmX9vTb4KcN8sWd1YhJ6fGp3EaU5oRi0BxQwV'.repeat(3).slice(0, length)

/** Names and values that are secrets, with what says so. */
const SECRETS: readonly (readonly [string, string, string])[] = [
  ['DB_PASSWORD', 'hunter2', 'name'],
  ['POSTGRES_PASSWORD', 'postgres', 'name'],
  ['PGPASSWORD', 'Sommer2024!', 'name'],
  ['MYSQL_ROOT_PASSWORD', 'root', 'name'],
  ['spring.datasource.password', 'app-db-2024', 'name'],
  ['dbPassword', 'correcthorse', 'name'],
  ['SMTP_PASS', 'letmein', 'name'],
  ['keystorePassphrase', 'changeit-please', 'name'],
  ['REDIS_PWD', '12345678', 'name'],
  ['ADMIN_PASSWORD', 'admin', 'name'],
  ['PASSWORD_VALUE', 'qwertz', 'name'],
  ['API_TOKEN', 'abc12345', 'name'],
  ['API_TOKEN', random(32), 'chance'],
  ['apiKey', random(40), 'chance'],
  ['SECRET_KEY', 'd41d8cd98f00b204e9800998ecf8427e', 'chance'],
  ['CLIENT_SECRET', '3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'chance'],
  ['AWS_SECRET_ACCESS_KEY', random(40), 'chance'],
  ['ENCRYPTION_KEY', join(random(43), '='), 'chance'],
  ['JWT_SECRET', random(24), 'chance'],
  ['SESSION_KEY', random(20), 'chance'],
  ['webhook_secret', 'whsec5d41402abc4b2a76b9719d911017c592', 'chance'],
  ['x', join('gh', 'p_', random(36)), 'a GitHub token'],
  ['x', join('github', '_pat_', random(70)), 'a GitHub token'],
  ['note', join('gl', 'pat-', random(20)), 'a GitLab token'],
  ['bot', join('xo', 'xb-', '123456789012-', random(24)), 'a Slack token'],
  ['url', join('https://hooks.slack', '.com/services/T0000AAAA/B0000BBBB/', random(24)), 'a Slack webhook'],
  ['k', join('sk', '_live_', random(24)), 'a Stripe key'],
  ['k', join('AI', 'za', random(35)), 'a Google API key'],
  ['v', join('hv', 's.', random(30)), 'a Vault token'],
  ['n', join('np', 'm_', random(36)), 'an npm token'],
  ['d', join('dckr', '_pat_', random(27)), 'a Docker Hub token'],
  ['s', join('SG', '.', random(22), '.', random(43)), 'a SendGrid key'],
  ['t', join('123456789', ':AA', random(33)), 'a Telegram token'],
  ['a', join('AccountKey=', random(86), '=='), 'an Azure storage key'],
  ['j', join('eyJhbGciOiJIUzI1NiJ9', '.', 'eyJzdWIiOiIxMjM0NTYifQ', '.', random(43)), 'a JSON web token'],
  ['pem', join('-----BEGIN ', 'PRIVATE KEY-----\n', random(64), '\n'), 'a private key'],
  ['pem', join('-----BEGIN RSA ', 'PRIVATE KEY-----\n', random(64), '\n'), 'a private key'],
  ['DATABASE_URL', 'postgres://app:s3cr3t@db.shop.svc:5432/app', 'a password in an address'],
  ['broker', 'amqp://guest:guest@rabbit:5672', 'a password in an address'],
  ['dsn', 'app:hunter2@tcp(db:3306)/app', 'a password in an address'],
  ['auths', '{"auths":{"r.example":{"auth":"YWRtaW46aHVudGVyMg=="}}}', 'registry credentials'],
]

/** Names and values that are none, most of them taken for one by other tools. */
const HARMLESS: readonly (readonly [string, string])[] = [
  ['POSTGRES_PASSWORD_FILE', '/run/secrets/db'],
  ['DB_PASSWORD', '/run/secrets/db-password'],
  ['TOKEN_PATH', '/var/run/secrets/kubernetes.io/serviceaccount/token'],
  ['SECRET_NAME', 'shop-db-7f9c2d'],
  ['PASSWORD_SECRET_REF', 'shop-db'],
  ['AWS_ACCESS_KEY_ID', join('AK', 'IAIOSFODNN7EXAMPLE')],
  ['AWS_ACCESS_KEY', join('AK', 'IAIOSFODNN7EXAMPLE')],
  ['CLIENT_ID', '3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
  ['KEY_ID', random(20)],
  ['OAUTH_TOKEN_URL', 'https://login.example.com/oauth/token'],
  ['TOKEN_ENDPOINT', 'https://login.example.com/token'],
  ['API_TOKEN', 'https://login.example.com/token'],
  ['TOKEN_EXPIRATION', '3600'],
  ['PASSWORD_MIN_LENGTH', '12'],
  ['ALLOW_EMPTY_PASSWORD', 'yes'],
  ['USE_PASSWORD', 'true'],
  ['RESET_PASSWORD', 'weekly'],
  ['password', 'false'],
  ['DB_PASSWORD', ''],
  ['DB_PASSWORD', '${DB_PASSWORD}'],
  ['DB_PASSWORD', '$(DB_PASSWORD)'],
  ['DB_PASSWORD', '$DB_PASSWORD'],
  ['DB_PASSWORD', '{{ .Values.db.password }}'],
  ['DB_PASSWORD', '<path:secret/data/db#password>'],
  ['DB_PASSWORD', '<your-password>'],
  ['DB_PASSWORD', '%DB_PASSWORD%'],
  ['DB_PASSWORD', '__DB_PASSWORD__'],
  ['DB_PASSWORD', 'REPLACE_ME'],
  ['DB_PASSWORD', 'your-password-here'],
  ['DB_PASSWORD', 'xxxxxxxx'],
  ['DB_PASSWORD', '********'],
  ['DB_PASSWORD', 'ref+vault://secret/db#/password'],
  ['DB_PASSWORD', 'vault:secret/data/db#password'],
  ['DB_PASSWORD', 'op://vault/db/password'],
  ['DB_PASSWORD', 'ENC[AES256_GCM,data:abc,iv:def,tag:ghi,type:str]'],
  ['DB_PASSWORD', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db'],
  ['login.password', 'Password'],
  ['label_password', 'Enter your password'],
  ['token', 'access_token'],
  ['IMAGE_PULL_SECRET', 'regcred'],
  ['TLS_SECRET', 'shop-tls'],
  ['CERT_SECRET', 'webhook-server-cert-v2'],
  ['API_TOKEN', 'my-token-v2'],
  ['secret', 'my-app-secret'],
  ['CREDENTIALS', '/etc/gcp/key.json'],
  ['CREDENTIALS', 'key.json'],
  ['PUBLIC_KEY', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI'],
  ['SIGNING_KEY', '-----BEGIN PUBLIC KEY-----'],
  ['STRIPE_API_KEY', join('pk', '_live_', random(24))],
  ['IMAGE_DIGEST', 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  ['COMMIT', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b'],
  ['CHECKSUM', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['TRACE_ID', random(32)],
  ['CA_BUNDLE', random(120)],
  ['SENTRY_DSN', 'https://0123456789abcdef0123456789abcdef@sentry.example.com/42'],
  ['proxy_pass', 'http://backend:8080'],
  ['BYPASS', 'localhost,127.0.0.1'],
  ['PWD', '/app'],
  ['KEYSTORE', '/etc/keystore.jks'],
  ['MAX_TOKENS', '4096'],
  ['TOKENIZER', 'cl100k_base'],
  ['password', 'config.db.password'],
  ['password', 'request.get("password")'],
  ['SECRET_ROTATION', '720h'],
  ['ROTATE_SECRETS', '30d'],
  ['DATABASE_URL', 'postgres://db.shop.svc:5432/app'],
  ['DATABASE_URL', 'postgres://app:$(DB_PASSWORD)@db:5432/app'],
  ['DATABASE_URL', 'postgres://app:${PASSWORD}@db:5432/app'],
  ['DATABASE_URL', 'postgres://app:<password>@db:5432/app'],
  ['JAVA_OPTS', '-Djavax.net.ssl.trustStore=/etc/trust.jks'],
  ['jws-kubeconfig-abcdef', 'eyJhbGciOiJIUzI1NiIsImtpZCI6ImFiY2RlZiJ9..nXz3eYkC0xJ7e0mXq2k9'],
]

describe('secrets by value', () => {
  it.each(SECRETS)('%s=%s: %s', (name, value, expected) => {
    const sign = secretSign(name, value)
    expect(sign?.by === 'form' ? sign.what : sign?.by).toBe(expected)
  })

  it.each(HARMLESS)('never %s=%s', (name, value) => expect(secretSign(name, value)).toBeUndefined())

  it('knows more that is harmless than that is not', () => {
    expect(HARMLESS.length).toBeGreaterThan(SECRETS.length)
  })

  it('takes no long text longer than it takes to read it', () => {
    const began = performance.now()
    for (const text of ['a'.repeat(1e6), 'a:'.repeat(5e5), '://'.repeat(3e5), '-----BEGIN '.repeat(1e5)]) {
      secretSign('password', text)
      secretLines(text)
    }
    expect(performance.now() - began).toBeLessThan(5000)
  })
})

describe('secrets in the lines of a file', () => {
  it('finds pairs of YAML, properties, shell and JSON', () => {
    const text = [
      'host: db',
      'password: hunter2 # for tests',
      '# password: old',
      'db.password=hunter2',
      'export API_TOKEN="abc12345"',
      '  "clientSecret": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",',
      'password: ${DB_PASSWORD}',
      "password = os.environ['DB']",
      'url: postgres://a:b@c/d',
    ].join('\n')
    expect(secretLines(text).map(({ line, name, value }) => [line, name, value])).toEqual([
      [2, 'password', 'hunter2'],
      [4, 'db.password', 'hunter2'],
      [5, 'API_TOKEN', 'abc12345'],
      [6, 'clientSecret', '3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
      [9, 'url', 'postgres://a:b@c/d'],
    ])
  })

  it('finds a key of many lines', () => {
    const text = join('-----BEGIN EC ', 'PRIVATE KEY-----\n', random(64), '\n', random(40), '\n')
    expect(secretLines(text)).toMatchObject([{ line: 1, sign: { what: 'a private key' } }])
  })
})

it('knows what stands for a secret', () => {
  expect(['', '$(X)', '{{ x }}', '<token>', 'hunter2'].map(isPlaceholder)).toEqual([
    true,
    true,
    true,
    true,
    false,
  ])
})
