namespace Checker.Checkers.Lattice;

/// <summary>Computes a <see cref="LatticeLayout"/>. Nodes from the number of models on are the bends of long edges.</summary>
internal sealed class LayeredDrawing
{
    private const int Sweeps = 24;
    private const int Relaxations = 60;

    private readonly IReadOnlyList<string> _models;
    private readonly List<(int From, int To)> _edges;
    private readonly List<int> _layer = [];
    private readonly List<double> _width = [];
    private readonly List<List<int>> _above = [];
    private readonly List<List<int>> _below = [];
    private readonly List<List<int>> _chains = [];
    private readonly double _gap;
    private List<int>[] _rows = [];

    public LayeredDrawing(IReadOnlyList<string> models, List<(int From, int To)> edges, Func<string, double> width, double gap)
    {
        _models = models;
        _edges = edges;
        _gap = gap;
        foreach (var model in models) AddNode(0, width(model));
        AssignLayers();
        foreach (var (from, to) in edges) AddChain(from, to);
    }

    public LatticeLayout Layout()
    {
        if (_models.Count == 0) return new LatticeLayout([], [], 0, 0);
        _rows = [.. Enumerable.Range(0, _layer.Max() + 1).Select(layer => Enumerable.Range(0, _layer.Count).Where(n => _layer[n] == layer).ToList())];
        OrderRows();
        var x = Place();
        var left = Enumerable.Range(0, x.Length).Min(node => x[node] - (_width[node] / 2));
        var right = Enumerable.Range(0, x.Length).Max(node => x[node] + (_width[node] / 2));
        return new LatticeLayout(
            [.. _models.Select((model, i) => new LatticeNode(model, _layer[i], x[i] - left, _width[i]))],
            [.. _edges.Select((e, i) => new LatticeEdge(_models[e.From], _models[e.To], [.. _chains[i].Select(node => x[node] - left)]))],
            right - left,
            Crossings());
    }

    private int AddNode(int layer, double width)
    {
        _layer.Add(layer);
        _width.Add(width);
        _above.Add([]);
        _below.Add([]);
        return _layer.Count - 1;
    }

    private void AssignLayers()
    {
        // As often as a chain can be long.
        for (var round = 0; round < _models.Count; round++)
        {
            foreach (var (from, to) in _edges) _layer[to] = Math.Max(_layer[to], _layer[from] + 1);
        }
    }

    private void AddChain(int from, int to)
    {
        var chain = new List<int> { from };
        for (var layer = _layer[from] + 1; layer < _layer[to]; layer++) chain.Add(AddNode(layer, 0));
        chain.Add(to);
        for (var i = 1; i < chain.Count; i++)
        {
            _below[chain[i - 1]].Add(chain[i]);
            _above[chain[i]].Add(chain[i - 1]);
        }

        _chains.Add(chain);
    }

    private void OrderRows()
    {
        var best = Copy();
        var fewest = Crossings();
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            var down = sweep % 2 == 0;
            for (var i = 1; i < _rows.Length; i++)
            {
                var row = down ? i : _rows.Length - 1 - i;
                var ranks = Ranks(_rows[down ? row - 1 : row + 1]);
                _rows[row] = [.. _rows[row].OrderBy(node => Barycentre(down ? _above[node] : _below[node], ranks, _rows[row].IndexOf(node)))];
            }

            SwapNeighbours();
            var crossings = Crossings();
            if (crossings >= fewest) continue;
            fewest = crossings;
            best = Copy();
        }

        _rows = best;
    }

    private List<int>[] Copy() => [.. _rows.Select(row => row.ToList())];

    private static Dictionary<int, int> Ranks(List<int> row) => row.Select((node, rank) => (node, rank)).ToDictionary(p => p.node, p => p.rank);

    private static double Barycentre(List<int> neighbours, Dictionary<int, int> ranks, int otherwise) =>
        neighbours.Count == 0 ? otherwise : neighbours.Average(node => ranks[node]);

    private void SwapNeighbours()
    {
        for (var improved = true; improved;)
        {
            improved = false;
            foreach (var row in _rows)
            {
                for (var i = 1; i < row.Count; i++)
                {
                    var before = Crossings();
                    (row[i - 1], row[i]) = (row[i], row[i - 1]);
                    if (Crossings() < before) improved = true;
                    else (row[i - 1], row[i]) = (row[i], row[i - 1]);
                }
            }
        }
    }

    private int Crossings()
    {
        var crossings = 0;
        for (var row = 1; row < _rows.Length; row++)
        {
            var ranks = Ranks(_rows[row]);
            var ends = _rows[row - 1].SelectMany((node, rank) => _below[node].Select(to => (From: rank, To: ranks[to]))).ToList();
            for (var i = 0; i < ends.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if ((ends[i].From - ends[j].From) * (ends[i].To - ends[j].To) < 0) crossings++;
                }
            }
        }

        return crossings;
    }

    // Each node as near to the middle of its neighbours as the order and the distances let it; bends pull harder, so that lines are straight.
    private double[] Place()
    {
        var x = new double[_layer.Count];
        foreach (var row in _rows)
        {
            var offsets = Offsets(row);
            for (var i = 0; i < row.Count; i++) x[row[i]] = offsets[i] - (offsets[^1] / 2);
        }

        for (var round = 0; round < Relaxations; round++)
        {
            for (var i = 0; i < _rows.Length; i++) PlaceRow(_rows[round % 2 == 0 ? i : _rows.Length - 1 - i], x);
        }

        return x;
    }

    private double[] Offsets(List<int> row)
    {
        var offsets = new double[row.Count];
        for (var i = 1; i < row.Count; i++) offsets[i] = offsets[i - 1] + ((_width[row[i - 1]] + _width[row[i]]) / 2) + _gap;
        return offsets;
    }

    // Least squares under an order with distances: isotonic regression by pooling adjacent violators.
    private void PlaceRow(List<int> row, double[] x)
    {
        var offsets = Offsets(row);
        var blocks = new List<(double Mean, double Weight, int Count)>();
        for (var i = 0; i < row.Count; i++)
        {
            var neighbours = _above[row[i]].Concat(_below[row[i]]).ToList();
            var wanted = neighbours.Count == 0 ? x[row[i]] : neighbours.Average(node => x[node]);
            var block = (Mean: wanted - offsets[i], Weight: row[i] < _models.Count ? 1.0 : 3.0, Count: 1);
            while (blocks.Count > 0 && blocks[^1].Mean >= block.Mean)
            {
                var weight = blocks[^1].Weight + block.Weight;
                block = (((blocks[^1].Mean * blocks[^1].Weight) + (block.Mean * block.Weight)) / weight, weight, blocks[^1].Count + block.Count);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        var at = 0;
        foreach (var (mean, _, count) in blocks)
        {
            for (var i = 0; i < count; i++, at++) x[row[at]] = mean + offsets[at];
        }
    }
}
