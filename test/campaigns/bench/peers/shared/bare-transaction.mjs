/** The transaction of the peers that use no document client: all units of the requested lines, in DynamoDB's own JSON. */
export function transactionOf(order, request, key) {
  const version = Number(order.v.N);
  const lines = request.items.map(({ seq, quantity, amount, taxAmount = 0 }) => ({
    index: order.lines.L.findIndex(({ M }) => Number(M.s.N) === seq),
    canceled: {
      M: { q: { N: `${quantity}` }, a: { N: `${quantity * amount}` }, t: { N: `${quantity * taxAmount}` } },
    },
  }));
  const canceledOfLines = lines.map(({ index }, place) => `#lines[${index}].c = :c${place}`);
  return {
    TransactItems: [
      {
        Update: {
          TableName: process.env.ORDERS_TABLE,
          Key: { orderKey: order.orderKey },
          UpdateExpression: `SET st = :status, v = :nextVersion, ${canceledOfLines.join(', ')}`,
          ConditionExpression: 'v = :version',
          ExpressionAttributeNames: { '#lines': 'lines' },
          ExpressionAttributeValues: {
            ':status': { S: 'CANCELED' },
            ':version': { N: `${version}` },
            ':nextVersion': { N: `${version + 1}` },
            ...Object.fromEntries(lines.map(({ canceled }, place) => [`:c${place}`, canceled])),
          },
        },
      },
      {
        Put: {
          TableName: process.env.CANCELLATIONS_TABLE,
          Item: {
            orderKey: order.orderKey,
            cancellationKey: { S: `K#${key}` },
            data: { S: JSON.stringify(request) },
          },
          ConditionExpression: 'attribute_not_exists(cancellationKey)',
        },
      },
    ],
  };
}
