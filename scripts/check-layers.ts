import { dirname } from 'node:path';
import { checkLayers } from './layers/check.ts';

const { fileCount, moduleCount, problems } = await checkLayers(dirname(import.meta.dirname));
for (const problem of problems) console.error(problem);
console.log(`layers: ${fileCount} files, ${moduleCount} modules, ${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;
