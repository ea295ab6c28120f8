import { ROLES, type Role } from '@levee/contract';
import type { Command } from 'commander';
import { changeAccount, listAccounts, openAccount } from '../modules/access/index.ts';
import { asInstallation } from './as-installation.ts';

export function addAccounts(program: Command): void {
  const accounts = program.command('accounts').description('List, open and disable accounts');
  accounts
    .command('list')
    .description('All accounts')
    .action(() =>
      asInstallation(async (_house, context) => {
        const { items } = await listAccounts(context.trx, {}, 0, 1000);
        for (const { username, role, division, name, disabledAt } of items) {
          console.log(
            [
              username.padEnd(24),
              role.padEnd(24),
              division.padEnd(12),
              name,
              disabledAt ? '停用 disabled' : '',
            ]
              .join(' ')
              .trimEnd(),
          );
        }
        console.log(`${items.length} accounts`);
      }),
    );
  accounts
    .command('open')
    .description('Open an account; prints its first password once')
    .argument('<username>')
    .requiredOption('--name <name>', 'the person’s name')
    .requiredOption('--role <role>', `one of ${ROLES.join(', ')}`)
    .requiredOption('--division <code>', 'GB/T code of the area, e.g. 632521')
    .addHelpText(
      'after',
      '\nExample:\n  levee accounts open zhang.wei --name 张伟 --role duty_officer --division 632521',
    )
    .action(
      (username: string, options: { name: string; role: string; division: string }, command: Command) => {
        if (!(ROLES as string[]).includes(options.role))
          command.error(`"${options.role}" is not a role; one of ${ROLES.join(', ')}`);
        return asInstallation(async (house, context) => {
          const input = {
            username,
            name: options.name,
            role: options.role as Role,
            division: options.division,
          };
          const { password } = await openAccount(context, house.access.authentication, input);
          console.log(`${username}  ${password}`);
        });
      },
    );
  accounts
    .command('disable')
    .description('Disable an account; its sessions end within seconds')
    .argument('<username>')
    .action((username: string, _options: object, command: Command) =>
      asInstallation(async (house, context) => {
        const { items } = await listAccounts(context.trx, { q: username }, 0, 1000);
        const account = items.find((one) => one.username === username);
        if (!account) command.error(`no account is called "${username}"; levee accounts list shows them`);
        else await changeAccount(context, house.access.sessions, account.id, { disabled: true });
      }),
    );
}
