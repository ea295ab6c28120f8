import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { useCasePurpose } from './purpose.ts';

export function useCase(caseId: string) {
  const purpose = useCasePurpose();
  return useQuery({
    queryKey: ['cases', caseId],
    queryFn: () => client.cases.byId({ params: { caseId }, purpose }),
    enabled: caseId !== '',
  });
}
