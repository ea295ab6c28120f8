/** Every refusal the system gives: one code, one status, what happened, and what to do next, in both languages. */
import type { Bilingual } from './shapes.ts';

interface ErrorDefinition {
  readonly status: number;
  /** `{name}` is filled from the error's values. */
  readonly message: Bilingual;
  readonly nextStep: Bilingual;
}

const define = (status: number, zh: string, en: string, nextZh: string, nextEn: string): ErrorDefinition => ({
  status,
  message: { zh, en },
  nextStep: { zh: nextZh, en: nextEn },
});

export const errorCatalogue = {
  'request.invalid': define(
    400,
    '请求内容有误：{where} {problem}',
    'The request is not valid: {where} {problem}',
    '改正所指的内容后重新提交。',
    'Correct the value named and send again.',
  ),
  'request.too_large': define(
    413,
    '提交的内容过大，上限 {limit}',
    'The request is larger than {limit}',
    '拆分后分次提交。',
    'Split it and send the parts.',
  ),
  'request.cross_site': define(
    403,
    '拒绝来自其他网站的请求',
    'A request from another site was refused',
    '请直接在本系统页面中操作。',
    'Act from the pages of this system.',
  ),
  'command.missing_id': define(
    400,
    '缺少指令编号',
    'The command carries no id',
    '在 levee-command 请求头中填入 UUIDv7。',
    'Send a UUIDv7 in the levee-command header.',
  ),
  'command.id_reused': define(
    409,
    '该指令编号已用于另一条不同的指令',
    'This command id was used for a different command',
    '换用新的编号再提交。',
    'Send it under a new id.',
  ),
  'access.signed_out': define(
    401,
    '尚未登录或登录已失效',
    'You are not signed in, or the session has ended',
    '请登录后继续，未提交的内容仍保留在页面上。',
    'Sign in to go on; what you typed is kept.',
  ),
  'access.wrong_credentials': define(
    401,
    '用户名、密码或验证码不正确',
    'Username, password or code is wrong',
    '核对后重试；忘记密码请联系安全管理员。',
    'Check and try again; for a lost password ask the security administrator.',
  ),
  'access.second_factor_needed': define(
    401,
    '需要动态验证码',
    'The second factor is needed',
    '输入验证器中的六位数字。',
    'Enter the six digits of your authenticator.',
  ),
  'access.too_many_attempts': define(
    429,
    '尝试次数过多，请在 {seconds} 秒后再试',
    'Too many attempts; try again in {seconds} s',
    '稍候再试，或联系安全管理员。',
    'Wait, or ask the security administrator.',
  ),
  'access.not_permitted': define(
    403,
    '您的岗位（{role}）没有此项权限',
    'Your role ({role}) may not do this',
    '请由有权限的岗位办理，或申请调整岗位。',
    'Ask someone whose role may, or ask for the role.',
  ),
  'access.purpose_needed': define(
    400,
    '读取个人信息须说明用途，本接口允许：{purposes}',
    'Reading personal data needs a purpose, one of: {purposes}',
    '在 levee-purpose 请求头中写明用途。',
    'Name it in the levee-purpose header.',
  ),
  'access.purpose_refused': define(
    403,
    '用途“{purpose}”不适用于您的岗位或本接口',
    'The purpose "{purpose}" is not open to your role or to this route',
    '选择与岗位相符的用途。',
    'Name a purpose your role holds.',
  ),
  'access.outside_scope': define(
    403,
    '{division} 不在您的辖区内',
    '{division} is outside your area',
    '请联系该辖区指挥部办理，或发协查函。',
    'Ask that area’s headquarters, or send an assistance request.',
  ),
  not_found: define(
    404,
    '没有找到，或不在您的辖区内',
    'Not found, or outside your area',
    '核对编号；跨区事项请发协查函。',
    'Check the id; for another area send an assistance request.',
  ),
  'edit.clash': define(
    409,
    '在您编辑期间，他人已作修改',
    'Someone changed this while you were editing',
    '比较两份内容后合并再提交。',
    'Compare the two, merge and send again.',
  ),
  'state.refused': define(
    409,
    '当前状态不允许此操作：{problem}',
    'This cannot be done now: {problem}',
    '{nextZh}',
    '{nextEn}',
  ),
  'rule.refused': define(
    422,
    '不符合规定：{problem}',
    'A rule refuses this: {problem}',
    '{nextZh}',
    '{nextEn}',
  ),
  overloaded: define(
    503,
    '系统繁忙，请在 {seconds} 秒后重试',
    'The system is busy; try again in {seconds} s',
    '无需重填，稍后会自动重试。',
    'Nothing is lost; it will be tried again.',
  ),
  unavailable: define(
    503,
    '服务暂时不可用',
    'The service is not available for the moment',
    '已保存的内容不受影响，请稍后重试。',
    'What was saved is safe; try again shortly.',
  ),
  'storage.short': define(
    507,
    '服务器磁盘空间不足（剩余 {free}），暂停上传、导入、导出和其他大批量操作',
    'Little disk space is left on the server ({free}): uploads, imports, exports and other bulk work are paused',
    '已保存的内容不受影响，采样登记照常；值班员已收到告警，空间恢复后自动开放。',
    'What was saved is safe and sampling goes on; the duty officer has been told. It opens again by itself.',
  ),
  'storage.full': define(
    503,
    '服务器磁盘已满（剩余 {free}），暂时不能保存',
    'The disk of the server is full ({free} left): nothing can be saved for the moment',
    '这条没有保存，请留在本机，稍后会自动重试；查询不受影响。',
    'This was not saved: keep it, it is sent again by itself. Reading goes on.',
  ),
  'export.quota': define(
    429,
    '您有 {running} 份导出正在生成、{waiting} 份在排队，不能再加',
    'You have {running} exports under way and {waiting} waiting; there is no place for another',
    '等前面的完成，{seconds} 秒后再试；一次要全部数据请找管理员用命令行导出。',
    'Let those finish and try again in {seconds} s; for everything at once ask for levee export on the server.',
  ),
  internal: define(
    500,
    '系统内部错误（编号 {requestId}）',
    'An internal error (reference {requestId})',
    '请将编号告知系统管理员。',
    'Tell the administrator this reference.',
  ),
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof errorCatalogue;

/** One refused value inside a request or a file. */
export interface Fault {
  /** Path of the value: `body.stays.2.until`, `row 17, date_onset`. */
  readonly where: string;
  readonly problem: Bilingual;
}

export interface ErrorBody {
  readonly error: {
    readonly code: ErrorCode;
    readonly message: Bilingual;
    readonly nextStep: Bilingual;
    readonly faults?: readonly Fault[];
    /** What the caller needs to go on, e.g. `{ mine, theirs, base }` of a clash. Never personal data of others. */
    readonly detail?: unknown;
  };
}

type Values = Readonly<Record<string, string | number | Bilingual>>;

const fill = (template: Bilingual, values: Values): Bilingual => {
  const inLanguage = (language: 'zh' | 'en') =>
    template[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      return value === undefined ? '' : typeof value === 'object' ? value[language] : String(value);
    });
  return { zh: inLanguage('zh').trim(), en: inLanguage('en').trim() };
};

/** The one error class that reaches a user. */
export class LeveeError extends Error {
  override readonly name = 'LeveeError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly messages: Bilingual;
  readonly nextStep: Bilingual;
  readonly faults: readonly Fault[] | undefined;
  readonly detail: unknown;
  /** When to come again, where the one who refuses knows. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    values: Values = {},
    more: {
      faults?: readonly Fault[];
      detail?: unknown;
      cause?: unknown;
      retryAfterSeconds?: number;
    } = {},
  ) {
    const definition = errorCatalogue[code];
    const messages = fill(definition.message, values);
    super(messages.en, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.status = definition.status;
    this.messages = messages;
    this.nextStep = fill(definition.nextStep, values);
    this.faults = more.faults;
    this.detail = more.detail;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }

  toBody(): ErrorBody {
    return {
      error: {
        code: this.code,
        message: this.messages,
        nextStep: this.nextStep,
        ...(this.faults && { faults: this.faults }),
        ...(this.detail !== undefined && { detail: this.detail }),
      },
    };
  }

  /** The error as it came over the wire. */
  static fromBody(body: ErrorBody): LeveeError {
    const { code, message, nextStep, faults, detail } = body.error;
    const error = new LeveeError(
      code,
      {},
      { ...(faults && { faults }), ...(detail !== undefined && { detail }) },
    );
    return Object.assign(error, { message: message.en, messages: message, nextStep });
  }
}

/** A rule of the house says no: what rule, and what would make it a yes. */
export function refuse(problem: Bilingual, next: Bilingual, faults?: readonly Fault[]): LeveeError {
  return new LeveeError(
    'rule.refused',
    { problem, nextZh: next.zh, nextEn: next.en },
    faults ? { faults } : {},
  );
}

/** The thing is not in a state that allows this. */
export function refuseState(problem: Bilingual, next: Bilingual): LeveeError {
  return new LeveeError('state.refused', { problem, nextZh: next.zh, nextEn: next.en });
}
