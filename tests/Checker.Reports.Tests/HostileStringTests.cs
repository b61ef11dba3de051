using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Checker.Reports.Output;
using Newtonsoft.Json.Linq;

namespace Checker.Reports.Tests;

public partial class HostileStringTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public void No_text_of_a_history_becomes_markup()
    {
        var html = ReportWriter.Html(HostileStrings.Input());
        Assert.Equal(2, Scripts().Count(html));
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<svg onload", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("{{script}}{{data}}", html, StringComparison.Ordinal);
        Assert.DoesNotContain(
            html, c => c is '\0' or '\u001b' or '\u007f' or '\u0085' or '\u2028' or '\u2029' or '\u202e' or '\u2066' or '\u200b' or '\ufeff' ||
            char.IsControl(c) && c != '\n');
    }

    [Fact]
    public void The_data_hold_no_angle_bracket_and_nothing_beyond_ascii()
    {
        var html = ReportWriter.Html(HostileStrings.Input());
        var start = html.IndexOf("id=\"data\">", StringComparison.Ordinal) + "id=\"data\">".Length;
        var data = html[start..html.IndexOf("</script>", start, StringComparison.Ordinal)];
        Assert.DoesNotContain(data, c => c is '<' or '>' or '&' or '\'' or > '~');
        var errors = JObject.Parse(data)["errors"]!.Values<string>().ToList();
        Assert.Equal(HostileStrings.All[0], errors[0]);
        Assert.Equal("a\\u2028b\\u2029c\\u0000d\\u001be\\u007ff\\u0085", errors[6]);
    }

    [Fact]
    public void The_plots_stay_well_formed_xml()
    {
        foreach (var svg in (string[])[ReportWriter.LatencySvg(HostileStrings.Input()), ReportWriter.RateSvg(HostileStrings.Input())])
        {
            Assert.DoesNotContain(XDocument.Parse(svg).Descendants(), node => node.Name.LocalName is "script" or "img");
        }
    }

    [Fact]
    public void The_results_read_back_as_they_were()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        ResultsWriter.Write(HostileStrings.Input(), text);
        Assert.Contains("\\ud800 lone \\udc00", text.ToString(), StringComparison.Ordinal);
        // The reader used here replaces lone surrogates; the file has them.
        var expected = HostileStrings.All.Select(warning => warning.Contains(" lone ", StringComparison.Ordinal) ? "\ufffd lone \ufffd" : warning);
        Assert.Equal(expected, JObject.Parse(text.ToString())["warnings"]!.Values<string>());
    }

    [SkippableFact]
    public async Task In_a_browser_they_are_inert_and_legible()
    {
        await using var report = await browser.OpenAsync(HostileStrings.Input());
        for (var op = 0; op < HostileStrings.All.Length; op++)
        {
            var (x, y) = await report.BarAsync(op);
            await report.Page.Mouse.MoveAsync(x, y);
            await report.SettleAsync();
            await report.Page.Mouse.ClickAsync(x, y);
        }

        await report.Page.Keyboard.PressAsync("a");
        await report.SettleAsync();
        Assert.Empty(report.Errors);
        Assert.Equal(2, await report.Page.EvaluateAsync<int>("() => document.scripts.length"));
        Assert.Equal(0, await report.Page.EvaluateAsync<int>("() => document.images.length"));
        Assert.True(await report.Page.EvaluateAsync<bool>("() => window.pwned === undefined"));
        Assert.True(await report.Page.EvaluateAsync<bool>(
            "() => [...document.querySelectorAll('*')].every(e => [...e.attributes].every(a => !a.name.startsWith('on')))"));
        Assert.Contains("<img src=x onerror", await report.Page.Locator(".notices").InnerTextAsync(), StringComparison.Ordinal);
    }

    [GeneratedRegex("<script", RegexOptions.IgnoreCase)]
    private static partial Regex Scripts();
}
