/** Who saw or changed what, when, why. */

export const auditEvents = {} as const;

export const audit = {};
