import type { IsolationOrderDetail } from '@levee/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';

/** An act on an order: what it answers is shown at once, the lists are asked again. */
export function useAct<Input>(act: (input: Input) => Promise<IsolationOrderDetail>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (order) => {
      queries.setQueryData(['isolation', 'order', order.id], order);
      void queries.invalidateQueries({ queryKey: ['isolation'] });
    },
  });
}
