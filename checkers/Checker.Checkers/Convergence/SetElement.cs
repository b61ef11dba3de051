using Checker.Histories.Values;

namespace Checker.Checkers.Convergence;

/// <summary>What a history says of one element of a set. Positions count events; operations are −1 if there is none.</summary>
internal sealed class SetElement(int key, ValueId value)
{
    /// <summary>The set.</summary>
    public int Key { get; } = key;

    /// <summary>The element.</summary>
    public ValueId Value { get; } = value;

    /// <summary>The add that happened and began last.</summary>
    public int Add { get; set; } = -1;

    /// <summary>When it began.</summary>
    public int LastAddBegan { get; set; } = -1;

    /// <summary>The remove that happened and ended last.</summary>
    public int Remove { get; set; } = -1;

    /// <summary>When it ended.</summary>
    public int LastRemoveEnded { get; set; } = -1;

    /// <summary>How many adds are of unknown outcome.</summary>
    public int UnknownAdds { get; set; }

    /// <summary>The first of them.</summary>
    public int MayAdd { get; set; } = -1;

    /// <summary>How many removes are of unknown outcome.</summary>
    public int UnknownRemoves { get; set; }

    /// <summary>The read that saw the element early, so that its add, though of unknown outcome, happened.</summary>
    public int Witness { get; set; } = -1;

    /// <summary>How many processes finally found it present.</summary>
    public int Present { get; set; }

    /// <summary>One of them: the read.</summary>
    public int Finder { get; set; } = -1;

    /// <summary>How many processes looked for it alone, last of all.</summary>
    public int Lookups { get; set; }

    /// <summary>How many of them had finally read the whole set before.</summary>
    public int LookupsAfterWholeRead { get; set; }

    /// <summary>A lookup that did not find it.</summary>
    public int Misser { get; set; } = -1;

    /// <summary>Whether the set had it at first.</summary>
    public bool IsInitial { get; set; }

    /// <summary>Whether all updates that happened can leave it present.</summary>
    public bool MayStay => Add >= 0 || (IsInitial && Remove < 0);

    /// <summary>Whether they can leave it absent.</summary>
    /// <param name="addsWin">Whether a remove only undoes adds that it may have seen: those that began before it ended.</param>
    public bool MayGo(bool addsWin) => Add < 0 ? !IsInitial || Remove >= 0 : Remove >= 0 && (!addsWin || LastAddBegan < LastRemoveEnded);
}
