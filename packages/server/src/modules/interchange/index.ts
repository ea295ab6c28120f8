/** interchange: results from other systems by HL7 v2.5.1, FHIR R4 and files; nothing dropped, nothing doubled. */
export { createFhirGate } from './fhir-gate.ts';
export { interchangeReactions } from './interchange.reactions.ts';
export { interchangeRoutes } from './interchange.routes.ts';
export { createMllp } from './mllp.ts';
export { rememberSender } from './sms/sms.service.ts';
export { createTextSender } from './sms/sms-sender.ts';
